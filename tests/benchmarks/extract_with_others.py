#!/usr/bin/env python3
"""Extracts pages with trafilatura, readability-lxml, newspaper4k and htmldate, for comparison in extraction-benchmark.

usage: extract_with_others.py VENV PAGES OUTPUT

VENV is a folder for a virtual environment: it is made and filled from the configured package registry when it is
missing. PAGES has one JSON object a line: {"page": path of a UTF-8 HTML file, "url": address or ""}. OUTPUT gets one
line a page and tool: {"tool", "page", "text", "title", "authors", "date", "ms"}; empty where the tool found nothing or
failed or took more than 20 s. The last line is {"versions": {tool: version}}. Each tool gets the same string and the address, with its
defaults but for comments, which trafilatura is told to leave out as in the public benchmarks.
"""
import importlib.metadata
import json
import os
import re
import signal
import subprocess
import sys
import time
import venv

MOST_SECONDS = 20  # for one page; some pages send a tool into a regular expression that does not end
PACKAGES = ["trafilatura", "readability-lxml", "newspaper4k", "htmldate"]
BLOCKS = set("p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote pre table tr td th section article figure "
             "figcaption br hr header footer aside main form".split())


def enter_environment(folder):
    """Runs this script again with the environment's own interpreter, unless it is the one that runs."""
    python = os.path.join(folder, "bin", "python")
    if os.path.abspath(sys.prefix) == os.path.abspath(folder):
        return
    if not os.path.exists(os.path.join(folder, "ready")):
        venv.create(folder, with_pip=True)
        pip = [python, "-m", "pip", "install", "--quiet"]
        subprocess.run(pip + ["--upgrade", "pip"], check=True)
        subprocess.run(pip + PACKAGES, check=True)
        open(os.path.join(folder, "ready"), "w").close()
    os.execv(python, [python] + sys.argv)


def with_trafilatura(html, url):
    import trafilatura
    found = trafilatura.bare_extraction(html, url=url or None, include_comments=False, with_metadata=True)
    if found is None:
        return {}
    data = found if isinstance(found, dict) else found.as_dict()
    authors = [name for name in (data.get("author") or "").split("; ") if name]
    return {"text": data.get("text"), "title": data.get("title"), "authors": authors, "date": data.get("date")}


def with_readability(html, _):
    import lxml.html
    import readability
    document = readability.Document(html)
    tree = lxml.html.fromstring(document.summary(html_partial=True))
    for element in tree.iter():
        if element.tag in BLOCKS:
            element.text = "\n" + (element.text or "")
            element.tail = "\n" + (element.tail or "")
    text = re.sub(r"\s*\n\s*", "\n", tree.text_content()).strip()
    return {"text": text, "title": document.short_title()}


def with_newspaper(html, url):
    import newspaper
    config = newspaper.Config()
    config.fetch_images = False  # it would ask the network
    article = newspaper.Article(url or "http://localhost/", config=config)
    article.download(input_html=html)
    article.parse()
    date = article.publish_date
    return {"text": article.text, "title": article.title, "authors": article.authors,
            "date": date.strftime("%Y-%m-%d") if date else ""}


def with_htmldate(html, url):
    import htmldate
    return {"date": htmldate.find_date(html, url=url or None, original_date=True)}


TOOLS = [("trafilatura", with_trafilatura), ("readability-lxml", with_readability), ("newspaper4k", with_newspaper),
         ("htmldate", with_htmldate)]


class TooSlow(BaseException):
    """Not an Exception, so that no tool takes it for one of its own."""


def give_up(*_):
    raise TooSlow()


def extract(extractor, html, url):
    start = time.process_time()
    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(MOST_SECONDS)
    try:
        found = extractor(html, url)
    except (Exception, TooSlow) as error:  # a page that a tool cannot read counts as nothing found
        print(f"{error!r}"[:200], file=sys.stderr)
        found = {}
    signal.alarm(0)
    return found, 1000 * (time.process_time() - start)


def main():
    folder, pages, output = sys.argv[1:4]
    enter_environment(folder)
    with open(pages, encoding="utf-8") as lines:
        requests = [json.loads(line) for line in lines]
    with open(output, "w", encoding="utf-8", buffering=1) as out:
        for request in requests:
            with open(request["page"], encoding="utf-8", errors="replace") as file:
                html = file.read()
            for name, extractor in TOOLS:
                found, ms = extract(extractor, html, request["url"])
                json.dump({"tool": name, "page": request["page"], "text": found.get("text") or "",
                           "title": found.get("title") or "", "authors": found.get("authors") or [],
                           "date": found.get("date") or "", "ms": ms}, out)
                out.write("\n")
        json.dump({"versions": {name: importlib.metadata.version(name) for name, _ in TOOLS}}, out)
        out.write("\n")


if __name__ == "__main__":
    main()
