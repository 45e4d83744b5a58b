# SPDX-License-Identifier: GPL-2.0-or-later
"""What a page is to be for everybody: readable on its ground (WCAG 2.1 AA, 1.4.3), no wider than the window, with a name for each
control, and large enough to hit. Each function gives what is wrong in a tab of browser.py, as texts."""

CONTRAST = """(() => {
    const numbers = (color) => {
        const canvas = numbers.canvas ??= new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const over = ([r, g, b, a], under) => [r, g, b].map((one, i) => one * a / 255 + under[i] * (1 - a / 255));
    const light = (rgb) => {
        const [r, g, b] = rgb.map((one) => one / 255).map((one) => one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (element) => {
        if (!element) return numbers(getComputedStyle(document.documentElement).colorScheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches ? "#121212" : "#fff").slice(0, 3);
        return over(numbers(getComputedStyle(element).backgroundColor), ground(element.parentElement));
    };
    const faults = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
        const element = node.parentElement, box = element.getBoundingClientRect(), style = getComputedStyle(element);
        if (!node.data.trim() || !element.checkVisibility({opacityProperty: true, visibilityProperty: true}) || box.width < 2 || box.height < 2 || element.closest(":disabled, [aria-disabled=true], .unseen")) continue;
        const under = ground(element), text = over(numbers(style.color), under), [a, b] = [light(under), light(text)].sort((x, y) => y - x);
        const ratio = (a + 0.05) / (b + 0.05), large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
        if (ratio < (large ? 3 : 4.5)) faults.push(`${ratio.toFixed(2)}: "${node.data.trim().slice(0, 40)}" ${style.color} in ${element.tagName}.${element.className}`);
    }
    return faults;
})()"""

WIDE = """(() => {
    const width = document.documentElement.clientWidth, faults = [];
    if (document.scrollingElement.scrollWidth > width) faults.push(`the page is ${document.scrollingElement.scrollWidth} wide in ${width}`);
    for (const element of document.body.querySelectorAll("*")) {
        const box = element.getBoundingClientRect();
        if (!element.checkVisibility() || element.closest(".unseen") || box.width === 0 || box.right <= width + 1) continue;
        let holder = element.parentElement;
        while (holder && getComputedStyle(holder).overflowX === "visible") holder = holder.parentElement;
        if (!holder || holder === document.body || holder === document.documentElement) faults.push(`${element.tagName}.${element.className} ends at ${Math.round(box.right)} of ${width}`);
    }
    return faults;
})()"""

SMALL = """[...document.querySelectorAll("button, select, input, a.turn, a.button, summary")].filter((element) => element.checkVisibility({opacityProperty: true}))
    .map((element) => [element, element.closest("label") ?? element]).map(([element, place]) => [element, place.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0 && (box.height < 24 || box.width < 24)).map(([element, box]) => `${element.outerHTML.slice(0, 80)} is ${box.width} x ${box.height}`)"""


# What has the focus: whether it is the one that is sought, whether it can be seen, and the element itself.
FOCUS = """((focus) => {
    const shown = [[focus], [focus, "::after"], [focus.nextElementSibling ?? focus], [focus.closest("label") ?? focus]].map((place) => getComputedStyle(...place));
    return [focus.matches(%r), shown.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1), focus.outerHTML.slice(0, 200)];
})(document.activeElement)"""


def faint(tab):
    """Texts whose contrast is below 4.5 : 1, large ones below 3 : 1."""
    return tab.evaluate(CONTRAST)


def wide(tab):
    """What stands out of the window at its right."""
    return tab.evaluate(WIDE)


def small(tab):
    """Controls below 24 x 24 (WCAG 2.2 AA, 2.5.8)."""
    return tab.evaluate(SMALL)


def nameless(tab):
    """Controls and pictures of which a screen reader could say no name."""
    nodes = tab.call("Accessibility.getFullAXTree")["nodes"]
    wanted = {"button", "link", "textbox", "searchbox", "combobox", "radio", "checkbox", "image", "heading", "Iframe", "dialog"}
    return [node["role"]["value"] for node in nodes if not node.get("ignored") and node.get("role", {}).get("value") in wanted and
            not node.get("name", {}).get("value", "").strip()]


def way_to(tab, selector, times=60):
    """What is wrong on the way to the element, Tab after Tab: a focus that nobody sees (2.4.7), or no way at all."""
    for _ in range(times):
        tab.press("Tab")
        is_there, is_seen, element = tab.evaluate(FOCUS % selector)
        if not is_seen and not element.startswith("<body"):
            return ["no focus to be seen: " + element]
        if is_there:
            return []
    return ["Tab does not come to " + selector]
