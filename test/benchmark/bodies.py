# SPDX-License-Identifier: GPL-2.0-or-later
"""What people write to a help desk: texts and HTML as osTicket stores them, always the same ones."""
import random

WORDS = """the a to of and in is it for on that with we you this as be are was not have at by from or but can our your
will order printer invoice account password server crane pump delivery week morning error message button page screen
cable filter engine contract customer number address monday tuesday please thanks again still since yesterday already
cannot open close start stop send receive change update install restart check confirm replace connect believe expect
noise water pressure software version license office building second floor meeting calendar telephone colleague report
small large new old broken urgent possible correct wrong different several many enough better later together without
größer café naïve Zürich señor""".split()
HTML_SHARE = 60  # of a hundred bodies
COUNT = 100


def sentence(source):
    words = [source.choice(WORDS) for _ in range(source.randint(4, 16))]
    return words[0].capitalize() + " " + " ".join(words[1:]) + source.choice(["."] * 8 + ["?", "!"])


def sentences(source, length):
    text = sentence(source)
    while len(text) < length:
        text += " " + sentence(source)
    return text


def plain(source, length):
    paragraphs = ["Hello,"]
    while sum(map(len, paragraphs)) < length:
        paragraphs.append(sentences(source, source.randint(60, 300)))
    if source.random() < 0.2:
        paragraphs.append('It says "value < 5 & value > 2" on the screen.')
    return "\n\n".join(paragraphs + ["Kind regards\n" + source.choice(["Maria", "John", "Zoë", "Ahmed"])])


def paragraph(source):
    """A paragraph as an editor in a browser or a mail program makes it."""
    text = sentences(source, source.randint(60, 250))
    words = text.split(" ")
    place = source.randrange(len(words))
    kind = source.random()
    if kind < 0.15:
        words[place] = "<strong>%s</strong>" % words[place]
    elif kind < 0.25:
        words[place] = '<a href="https://www.example.org/page/%d?from=mail&amp;id=%d">%s</a>' % (
            source.randrange(100), source.randrange(10000), words[place])
    elif kind < 0.40:
        words[place] += "<br />"
    elif kind < 0.50:
        words[place] = '<span style="color:#1f497d;font-size:11pt">%s</span>' % words[place]
    elif kind < 0.55:
        words[place] = "Tom &amp; Jerry's %s" % words[place]
    elif kind < 0.58:
        words[place] += '<img src="cid:%s" alt="image" />' % ("k%dx" % source.randrange(10 ** 6))
    return "<p>%s</p>" % " ".join(words)


def html(source, length):
    parts = ["<p>Hello,</p>"]
    while sum(map(len, parts)) < length:
        parts.append(paragraph(source))
    kind = source.random()
    if kind < 0.15:
        parts.append("<ul>%s</ul>" % "".join("<li>%s</li>" % sentence(source) for _ in range(3)))
    elif kind < 0.30:
        parts.append('<blockquote>%s</blockquote>' % "".join(paragraph(source) for _ in range(2)))
    elif kind < 0.37:
        row = "<tr><td>%s</td><td>%d</td></tr>"
        parts.append("<table><tbody>%s</tbody></table>" % "".join(
            row % (source.choice(WORDS), source.randrange(100)) for _ in range(4)))
    return "".join(parts + ["<p>Kind regards<br />Maria</p>"])


def bodies():
    """Pairs of format and body; lengths as in mail: half of them short, a few long, 550 bytes in the mean."""
    source = random.Random(20)
    made = []
    for i in range(COUNT):
        length = min(6000, int(source.lognormvariate(5.8, 0.8)))
        is_html = i * 37 % COUNT < HTML_SHARE
        made.append(("html", html(source, length)) if is_html else ("text", plain(source, length)))
    return made
