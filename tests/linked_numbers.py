"""The numbers of a page that are links, as a reader finds them."""

import re
from html.parser import HTMLParser


class Numbers(HTMLParser):
    """(number, address) of every link in a table whose text is a number."""

    def __init__(self, html):
        super().__init__()
        self.href, self.text, self.found, self.in_table = None, "", [], 0
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.in_table += tag == "table"
        if tag == "a" and self.in_table:
            self.href, self.text = dict(attributes)["href"], ""

    def handle_data(self, data):
        self.text += data

    def handle_endtag(self, tag):
        self.in_table -= tag == "table"
        if tag == "a" and self.href is not None:
            if re.fullmatch(r"\s*\d[\d,]*\s*", self.text):
                self.found.append((int(self.text.replace(",", "")), self.href))
            self.href = None
