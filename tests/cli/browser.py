"""Chromium without a window, driven through its DevTools pipe: what a page says, asks for and looks like."""
import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# CTest's return code of a test that was not run.
SKIPPED = 77


def need():
    if CHROMIUM is None:
        print("skipped: chromium is not installed (scripts/install_dependencies test)")
        sys.exit(SKIPPED)


class Browser:
    """One page. `complaints` has errors and warnings of its console, `requests` what it asked the network for."""

    def __init__(self, width=1280, height=800, dark=False):
        self.folder = tempfile.mkdtemp()
        to_browser, self.output = os.pipe()
        self.input, from_browser = os.pipe()
        # The browser reads its file descriptor 3 and writes to 4.
        command = 'exec 3<&"$0" 4>&"$1"; shift; exec "$@"'
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run",
                 "--disable-background-networking", "--disable-dev-shm-usage", f"--user-data-dir={self.folder}"]
        self.process = subprocess.Popen(
            ["/bin/bash", "-c", command, str(to_browser), str(from_browser), CHROMIUM, *flags, "about:blank"],
            pass_fds=(to_browser, from_browser), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.unread, self.count, self.session = b"", 0, None
        self.complaints, self.requests = [], []
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(target["targetId"] for target in targets if target["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.size(width, height)
        self.scheme("dark" if dark else "light")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        os.close(self.output)
        os.close(self.input)
        shutil.rmtree(self.folder, ignore_errors=True)

    def receive(self):
        while b"\0" not in self.unread:
            more = os.read(self.input, 1 << 16)
            if not more:
                raise RuntimeError("chromium ended")
            self.unread += more
        message, self.unread = self.unread.split(b"\0", 1)
        return json.loads(message)

    def note(self, message):
        """Keeps what an event says against the page."""
        method, about = message.get("method"), message.get("params", {})
        if method == "Network.requestWillBeSent" and not about["request"]["url"].startswith(("file:", "about:", "data:")):
            self.requests.append(about["request"]["url"])
        elif method == "Runtime.exceptionThrown":
            details = about["exceptionDetails"]
            self.complaints.append(details.get("exception", {}).get("description", details["text"]))
        elif method == "Runtime.consoleAPICalled" and about["type"] in ("error", "warning", "assert"):
            self.complaints.append(json.dumps(about["args"]))
        elif method == "Log.entryAdded" and about["entry"]["level"] in ("error", "warning"):
            self.complaints.append(about["entry"]["text"])
        return method

    def call(self, method, **parameters):
        self.count += 1
        message = {"id": self.count, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.output, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.note(answer)

    def open(self, path):
        self.call("Page.navigate", url=f"file://{os.path.realpath(path)}")
        while self.note(self.receive()) != "Page.loadEventFired":
            pass
        self.frames(3)

    def run(self, script):
        """The value of an expression in the page; promises are waited for."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"].get("exception", {}).get("description", script))
        return answer["result"].get("value")

    def until(self, condition):
        """Waits for an expression to be true, for half a minute at most: False if it never was."""
        return self.run(f"""new Promise(done => {{
            const end = performance.now() + 30000
            const look = () => ({condition}) ? done(true) : performance.now() > end ? done(false) : setTimeout(look, 20)
            look()
        }})""")

    def frames(self, count=2):
        self.run(f"new Promise(done => {{ let left = {count}; const step = () => left-- ? requestAnimationFrame(step) : done();"
                 " step() })")

    def set_time(self, boundary):
        """Moves the page's slider."""
        self.run(f"(() => {{ const slider = document.querySelector('#time'); slider.value = {boundary};"
                 " slider.dispatchEvent(new Event('input')) })()")
        self.frames()

    def text(self, selector):
        return self.run(f"document.querySelector({json.dumps(selector)}).textContent")

    def click(self, selector):
        self.run(f"document.querySelector({json.dumps(selector)}).click()")
        self.frames()

    def pixels(self, selector):
        """A number that stands for what is drawn on a canvas, and how many colours it has."""
        return self.run(f"""(() => {{
            const canvas = document.querySelector({json.dumps(selector)})
            const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', {{ willReadFrequently: true }})
            copy.drawImage(canvas, 0, 0)
            const data = new Uint32Array(copy.getImageData(0, 0, canvas.width, canvas.height).data.buffer)
            let hash = 17
            const colours = new Set()
            for (const pixel of data) {{
                hash = (Math.imul(hash, 31) + pixel) | 0
                colours.add(pixel)
            }}
            return [hash, colours.size]
        }})()""")

    def before_pages(self, script):
        """Runs in every page that is opened from now on, before its own scripts."""
        self.call("Page.addScriptToEvaluateOnNewDocument", source=script)

    def size(self, width, height, scale=1):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=False)

    def scheme(self, name):
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": name}])

    def press(self, key, code=None):
        text = {"Enter": "\r"}.get(key)
        for kind in ("keyDown", "keyUp"):
            more = {"text": text} if text and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=code or key,
                      windowsVirtualKeyCode={"ArrowDown": 40, "ArrowUp": 38, "ArrowRight": 39, "ArrowLeft": 37, "Enter": 13}.get(key, 0),
                      **more)

    def screenshot(self, path, whole=False):
        picture = self.call("Page.captureScreenshot", captureBeyondViewport=whole)
        with open(path, "wb") as file:
            file.write(base64.b64decode(picture["data"]))

    def print_pdf(self, path):
        paper = self.call("Page.printToPDF", printBackground=True, preferCSSPageSize=True)
        with open(path, "wb") as file:
            file.write(base64.b64decode(paper["data"]))
