# SPDX-License-Identifier: GPL-2.0-or-later
"""How mail programs answer a mail: the headers, the attribution and the quotation that each of them writes."""
import email.message
import email.policy
import re
import uuid

WHEN = "Tue, 3 Mar 2026 at 10:15"


def _quoted(text):
    return "".join("> %s\r\n" % line for line in text.splitlines())


def _inside(html):
    """What stands in the body of a whole page."""
    return re.sub(r"(?is)^.*<body[^>]*>|</body>.*$", "", html)


def _answer(ours, sender, kind, references=True, in_reply_to=True, **headers):
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"] = sender
    message["To"] = "%s <%s>" % ours.sender[0]
    message["Subject"] = "Re: " + ours.subject
    message["Date"] = "Tue, 3 Mar 2026 10:40:00 +0000"
    message["Message-ID"] = "<%s@%s>" % (uuid.uuid4(), kind)
    if in_reply_to:
        message["In-Reply-To"] = ours.id
    if references:
        message["References"] = " ".join(ours.header("References") + [ours.id])
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return message


def _both(message, text, html):
    message.set_content(text.replace("\r\n", "\n"))
    message.add_alternative(html, subtype="html")
    return message.as_bytes()


def gmail(ours, sender, words):
    name, address = ours.sender[0]
    attribution = "On %s, %s <%s> wrote:" % (WHEN, name, address)
    # Classes of the mail that is answered get a name of Gmail's in front.
    original = re.sub(r'class="', 'class="m_-4137820211245331337', _inside(ours.html))
    return _both(_answer(ours, sender, "mail.gmail.com"), "%s\r\n\r\n%s\r\n\r\n%s" % (words, attribution, _quoted(ours.text)),
                 '<div dir="ltr">%s</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">%s<br></div>'
                 '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);'
                 'padding-left:1ex">%s</blockquote></div>\n' % (words, attribution.replace("<", "&lt;").replace(">", "&gt;"), original))


def outlook(ours, sender, words):
    """Word's HTML, without References, as a server of Exchange leaves it."""
    name, address = ours.sender[0]
    message = _answer(ours, sender, "AM0PR01MB1234.eurprd01.prod.exchangelabs.com", references=False,
                      Thread_Topic=ours.subject, Thread_Index="AdsM6x0QTLnq0Xz7RGmO2S0o3w2XmQAAAB4w", X_MS_Has_Attach="")
    html = ('<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">\n<head>\n'
            '<meta http-equiv="Content-Type" content="text/html; charset=us-ascii">\n<style><!--\np.MsoNormal {margin:0cm;}\n--></style>'
            '</head>\n<body lang="EN-GB"><div class="WordSection1">\n<p class="MsoNormal"><span style="mso-fareast-language:EN-US">%s'
            '<o:p></o:p></span></p>\n<p class="MsoNormal"><o:p>&nbsp;</o:p></p>\n<div>\n<div style="border:none;border-top:solid #E1E1E1 '
            '1.0pt;padding:3.0pt 0cm 0cm 0cm">\n<p class="MsoNormal"><b>From:</b> %s &lt;%s&gt; <br>\n<b>Sent:</b> Tuesday, March 3, '
            '2026 10:15 AM<br>\n<b>To:</b> Anna<br>\n<b>Subject:</b> %s<o:p></o:p></p>\n</div>\n</div>\n%s</div>\n</body></html>\n'
            % (words, name, address, ours.subject, _inside(ours.html)))
    text = "%s\r\n\r\nFrom: %s <%s>\r\nSent: Tuesday, March 3, 2026 10:15 AM\r\nSubject: %s\r\n\r\n%s" % (
        words, name, address, ours.subject, ours.text)
    return _both(message, text, html)


def apple_mail(ours, sender, words):
    name, address = ours.sender[0]
    said = "On 3 Mar 2026, at 10:15, %s &lt;%s&gt; wrote:" % (name, address)
    message = _answer(ours, sender, "quay.example", X_Mailer="Apple Mail (2.3826.400.131.1.6)")
    return _both(message, "%s\r\n\r\n> On 3 Mar 2026, at 10:15, %s <%s> wrote:\r\n> \r\n%s" % (words, name, address, _quoted(ours.text)),
                 '<html><head><meta http-equiv="content-type" content="text/html; charset=us-ascii"></head><body style="overflow-wrap: '
                 'break-word; -webkit-nbsp-mode: space; line-break: after-white-space;"><div>%s</div><br id="lineBreakAtBeginningOfMessage">'
                 '<div><br><blockquote type="cite"><div>%s</div><br class="Apple-interchange-newline"><div>%s</div></blockquote></div><br>'
                 '</body></html>' % (words, said, _inside(ours.html)))


def thunderbird(ours, sender, words):
    message = _answer(ours, sender, "quay.example", User_Agent="Mozilla Thunderbird", Content_Language="en-GB")
    message.set_content('<!DOCTYPE html>\n<html>\n  <head>\n    <meta http-equiv="Content-Type" content="text/html; charset=UTF-8">\n'
                        '  </head>\n  <body>\n    <p>%s</p>\n    <div class="moz-cite-prefix">On 03/03/2026 10:15, %s wrote:<br>\n    </div>\n'
                        '    <blockquote type="cite"\n      cite="mid:%s">\n%s    </blockquote>\n    <br>\n  </body>\n</html>\n'
                        % (words, ours.sender[0][0], ours.id.strip("<>"), _inside(ours.html)), subtype="html")
    return message.as_bytes()


def thunderbird_plain(ours, sender, words):
    message = _answer(ours, sender, "quay.example", User_Agent="Mozilla Thunderbird")
    message.set_content("%s\n\nOn 03/03/2026 10:15, %s wrote:\n%s" % (words, ours.sender[0][0], _quoted(ours.text).replace("\r\n", "\n")))
    message.replace_header("Content-Type", 'text/plain; charset="utf-8"; format=flowed')
    return message.as_bytes()


def phone(ours, sender, words):
    """One that keeps neither References nor In-Reply-To: what it quotes tells the rest."""
    message = _answer(ours, sender, "phone.example", references=False, in_reply_to=False)
    message.replace_header("Subject", "Your mail")
    message.set_content("<div>%s</div><br><br>-------- Original message --------<br>%s" % (words, _inside(ours.html)), subtype="html")
    return message.as_bytes()


ALL = (gmail, outlook, apple_mail, thunderbird, thunderbird_plain, phone)
