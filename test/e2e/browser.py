# SPDX-License-Identifier: GPL-2.0-or-later
"""A headless Chromium for tests of pages, driven over the DevTools protocol through a pair of pipes: no port, no driver, and
nothing of it reaches another host.

    with Browser() as browser, browser.tab(width=375, dark=True) as tab:
        tab.go("http://127.0.0.1:8080/desk/")
        tab.wait("document.querySelector('h1')")
        tab.click("button"); tab.type("anna"); tab.press("Enter")
        tab.quiet()        # fails on an error in the console, an exception, a dialog, a request to another host

Each tab has a storage, cookies and downloads of its own.
"""
import base64
import fcntl
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import urllib.parse

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
# Root, and containers without user namespaces, have no sandbox for it; it opens nothing but the pages of a test desk.
OPTIONS = ("--no-sandbox", "--headless=new", "--remote-debugging-pipe", "--no-first-run", "--no-default-browser-check", "--disable-extensions",
           "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps",
           "--disable-domain-reliability", "--disable-breakpad", "--disable-gpu", "--disable-dev-shm-usage", "--mute-audio",
           "--hide-scrollbars", "--force-color-profile=srgb", "--font-render-hinting=none", "--password-store=basic",
           "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
SECONDS = 30  # for one answer of the browser, or one thing that a page is to do
KEYS = {"Enter": ("Enter", 13, "\r"), "Tab": ("Tab", 9, ""), "Escape": ("Escape", 27, ""), "Space": ("Space", 32, " "),
        "ArrowUp": ("ArrowUp", 38, ""), "ArrowDown": ("ArrowDown", 40, ""), "ArrowLeft": ("ArrowLeft", 37, ""),
        "ArrowRight": ("ArrowRight", 39, ""), "Home": ("Home", 36, ""), "End": ("End", 35, ""), "Backspace": ("Backspace", 8, "")}
MODIFIERS = {"Alt": 1, "Control": 2, "Meta": 4, "Shift": 8}


def program():
    """The path of a Chromium, or None."""
    return next((path for path in map(shutil.which, PROGRAMS) if path), None)


class Browser:
    """One browser process; ends with the block."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="osticket-fcgi-browser.", ignore_cleanup_errors=True)
        self._number, self._answers, self._tabs = 0, {}, {}
        self._changed = threading.Condition()
        self._start()
        threading.Thread(target=self._read, daemon=True).start()

    def _start(self):
        """The browser reads its orders from descriptor 3 and answers on 4, each message ended by a NUL."""
        orders, self._orders = os.pipe()
        self._replies, replies = os.pipe()
        low, (orders, replies) = (orders, replies), (fcntl.fcntl(one, fcntl.F_DUPFD, 20) for one in (orders, replies))  # none is 3 or 4
        command = [program(), *OPTIONS, "--user-data-dir=" + self.folder.name, "about:blank"]
        shell = 'exec 3<&%d 4>&%d %d<&- %d>&-; exec "$@"' % (orders, replies, orders, replies)
        with open(os.path.join(self.folder.name, "log"), "wb") as log:
            self.process = subprocess.Popen(["bash", "-c", shell, "bash", *command], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            pass_fds=(orders, replies), start_new_session=True)
        for one in (*low, orders, replies):
            os.close(one)

    def _read(self):
        rest = b""
        while True:
            part = os.read(self._replies, 1 << 20)
            if not part:
                break
            *messages, rest = (rest + part).split(b"\0")
            for message in messages:
                self._take(json.loads(message))
        with self._changed:
            self._answers = None
            self._changed.notify_all()

    def _take(self, message):
        tab = self._tabs.get(message.get("sessionId"))
        with self._changed:
            if "id" in message:
                self._answers[message["id"]] = message
            elif tab:
                tab.take(message["method"], message["params"])
            self._changed.notify_all()

    def call(self, method, session=None, **parameters):
        """One order of the protocol, and what it answers."""
        number = self.send(method, session, **parameters)
        with self._changed:
            if not self._changed.wait_for(lambda: self._answers is None or number in self._answers, SECONDS) or self._answers is None:
                raise RuntimeError("the browser does not answer to %s:\n%s" % (method, self.log()))
            answer = self._answers.pop(number)
        if "error" in answer:
            raise RuntimeError("%s: %s" % (method, answer["error"]["message"]))
        return answer["result"]

    def send(self, method, session=None, **parameters):
        """The order alone; its answer is kept by the number that comes back."""
        with self._changed:
            self._number += 1
            number = self._number
            message = {"id": number, "method": method, "params": parameters, **({"sessionId": session} if session else {})}
            data = memoryview(json.dumps(message).encode() + b"\0")
            while data:
                data = data[os.write(self._orders, data):]
        return number

    def until(self, holds, seconds=SECONDS):
        """Waits for something that the browser tells."""
        with self._changed:
            return self._changed.wait_for(holds, seconds)

    def tab(self, **looks):
        """A new tab with a storage of its own; `looks` as in Tab.look()."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        tab = self._tabs[session] = Tab(self, session, context, tempfile.mkdtemp(dir=self.folder.name))
        tab.prepare()
        tab.look(**looks)
        return tab

    def log(self):
        with open(os.path.join(self.folder.name, "log"), encoding="utf-8", errors="replace") as file:
            return file.read()[-2000:]

    def close(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)  # the group that it leads: its children are in it
        self.process.wait()
        os.close(self._orders)
        self.folder.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.close()


class Tab:
    """A page as somebody sees and works it. What it did is in `requests` (URLs), `console` (errors and warnings), `dialogs`."""

    def __init__(self, browser, session, context, downloads):
        self.browser, self.session, self.context, self.downloads = browser, session, context, downloads
        self.requests, self.console, self.dialogs, self.saved, self.loads = [], [], [], {}, 0

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def prepare(self):
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(domain + ".enable")
        self.call("Browser.setDownloadBehavior", behavior="allow", browserContextId=self.context, downloadPath=self.downloads,
                  eventsEnabled=True)

    # ---- what the browser tells --------------------------------------------------------------------------------------
    def take(self, event, told):
        """An event of the protocol; called by the reading thread, which holds the lock."""
        if event == "Network.requestWillBeSent":
            self.requests.append(told["request"]["url"])
        elif event == "Runtime.consoleAPICalled" and told["type"] in ("error", "warning", "assert"):
            self.console.append(" ".join(str(value.get("value", value.get("description"))) for value in told["args"]))
        elif event == "Runtime.exceptionThrown":
            details = told["exceptionDetails"]
            self.console.append(details.get("exception", {}).get("description", details["text"]))
        elif event == "Log.entryAdded" and told["entry"]["level"] in ("error", "warning"):
            self.console.append("%s %s" % (told["entry"]["text"], told["entry"].get("url", "")))
        elif event == "Page.javascriptDialogOpening":
            self.dialogs.append(told["message"])
            self.browser.send("Page.handleJavaScriptDialog", self.session, accept=False)
        elif event == "Fetch.requestPaused":
            self.browser.send(self.stand_in[0], self.session, requestId=told["requestId"], **self.stand_in[1])
        elif event == "Page.loadEventFired":
            self.loads += 1
        elif event.endswith(".downloadWillBegin"):
            self.saved[told["guid"]] = [told["suggestedFilename"], False]
        elif event.endswith(".downloadProgress") and told["state"] == "completed" and told["guid"] in self.saved:
            self.saved[told["guid"]][1] = True

    # ---- in the server's place -----------------------------------------------------------------------------------------
    def answer(self, pattern, status, body="", late=False, **headers):
        """From now on the browser itself answers to URLs like `pattern` (* and ?); status 0: there is no network. `headers` with _
        for -. `late`: the server did it, and only its answer is lost."""
        if status == 0:
            self.stand_in = "Fetch.failRequest", {"errorReason": "ConnectionRefused"}
        else:
            self.stand_in = "Fetch.fulfillRequest", {"responseCode": status, "body": base64.b64encode(body.encode()).decode(), "responseHeaders": [
                {"name": name.replace("_", "-"), "value": value} for name, value in headers.items()]}
        self.call("Fetch.enable", patterns=[{"urlPattern": pattern, "requestStage": "Response" if late else "Request"}])

    def answer_no_more(self):
        self.call("Fetch.disable")

    def foreign(self, url):
        """The requests that went to another host than that of `url`."""
        def host(address):
            return urllib.parse.urlsplit(address).netloc
        return [asked for asked in self.requests if not asked.startswith(("data:", "blob:", "about:")) and host(asked) != host(url)]

    def quiet(self, *expected):
        """Nothing is wrong: no console line but those that hold one of `expected`, no dialog, nobody else asked."""
        lines = [line for line in self.console if not any(text in line for text in expected)]
        assert not lines, "console: %s" % lines
        assert not self.dialogs, "dialogs: %s" % self.dialogs
        foreign = self.foreign(self.evaluate("location.href"))
        assert not foreign, "requests to others: %s" % foreign

    # ---- looking -----------------------------------------------------------------------------------------------------
    def look(self, width=1280, height=800, dark=False, calm=True):
        """The size of the window, light or dark, and whether movement is reduced."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        self.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce" if calm else "no-preference"}])

    def go(self, url):
        loads = self.loads
        self.call("Page.navigate", url=url)
        if not self.browser.until(lambda: self.loads > loads):
            raise AssertionError("%s did not load" % url)

    def reload(self):
        loads = self.loads
        self.call("Page.reload")
        assert self.browser.until(lambda: self.loads > loads), "it did not load again"

    def evaluate(self, expression):
        """The value of an expression of JavaScript in the page, as JSON has it; a promise is waited for."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"].get("exception", {}).get("description", answer["exceptionDetails"]["text"]))
        return answer["result"].get("value")

    def wait(self, expression, seconds=SECONDS):
        """Until the expression is true in the page; its value."""
        end = time.monotonic() + seconds
        while True:
            value = self.evaluate("(async () => (value => value instanceof Node ? true : value)(await %s))()" % expression)
            if value:
                return value
            if time.monotonic() > end:
                raise AssertionError("it did not come to: %s\nconsole: %s\npage: %s" % (
                    expression, self.console, self.evaluate("document.body.innerText")[:1500]))
            time.sleep(0.03)

    def text(self, selector="body"):
        """What can be read in the first that fits."""
        return self.evaluate("(document.querySelector(%s) || {innerText: ''}).innerText" % json.dumps(selector))

    def texts(self, selector):
        return self.evaluate("[...document.querySelectorAll(%s)].map(found => found.innerText)" % json.dumps(selector))

    def screenshot(self, path, whole=False):
        """A picture of the window, or of the `whole` page, as PNG."""
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    # ---- working -----------------------------------------------------------------------------------------------------
    def click(self, selector):
        """A real click in the middle of the first that fits, once it can be seen. One that goes beside it, or is let go beside it, because
        the page moved in that moment, is done again."""
        for _ in range(20):
            place = self.wait("""(() => {
                const found = document.querySelector(%s);
                if (!found || !found.checkVisibility()) return null;
                found.scrollIntoView({block: "center", behavior: "instant"});
                const box = found.getClientRects()[0], middle = [box.left + box.width / 2, box.top + box.height / 2], there = document.elementFromPoint(...middle);
                if (!there || !(found.contains(there) || there.contains(found))) return null;
                window.missed = true;
                document.addEventListener("pointerdown", ({target}) => {
                    window.missed = !(found.contains(target) || target.contains(found));
                    document.addEventListener("pointerup", (up) => { window.missed ||= up.target !== target; }, {capture: true, once: true});
                }, {capture: true, once: true});
                return middle;
            })()""" % json.dumps(selector))
            for kind in ("mousePressed", "mouseReleased"):
                self.call("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)
            if not self.evaluate("window.missed"):
                return
        raise AssertionError("it moves away from each click: " + selector)

    def type(self, text):
        """Into what has the focus."""
        self.call("Input.insertText", text=text)

    def fill(self, selector, text):
        """Another text in the place of the one in a field."""
        self.click(selector)
        self.evaluate("document.querySelector(%s).select()" % json.dumps(selector))
        if text:
            self.type(text)
        else:
            self.press("Backspace")

    def press(self, key):
        """A key by its name or sign, also as "Shift+Tab"."""
        *held, name = key.split("+") if len(key) > 1 else [key]
        known = KEYS.get(name, (name, ord(name[0].upper()), name))
        event = {"key": " " if name == "Space" else name, "code": known[0], "windowsVirtualKeyCode": known[1],
                 "modifiers": sum(MODIFIERS[one] for one in held)}
        self.call("Input.dispatchKeyEvent", type="keyDown" if known[2] else "rawKeyDown", **event,
                  **({"text": known[2]} if known[2] else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **event)

    def download(self, number=1):
        """(name, bytes) of the file that was saved as the `number`-th."""
        def done():
            return [guid for guid, (_, complete) in self.saved.items() if complete]
        assert self.browser.until(lambda: len(done()) >= number), "no file was saved: %s" % self.saved
        path = os.path.join(self.downloads, self.saved[done()[number - 1]][0])
        with open(path, "rb") as file:
            return os.path.basename(path), file.read()

    def close(self):
        self.browser.send("Target.disposeBrowserContext", browserContextId=self.context)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.close()
