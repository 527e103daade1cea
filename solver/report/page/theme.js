// Light and dark: as the system has it, until the button says otherwise. Colours come from colours.css.
let colours = {}
const redraws = []
const systemDark = matchMedia('(prefers-color-scheme: dark)')
const root = document.documentElement

function readColours() {
  const style = getComputedStyle(root)
  colours = {}
  for (const name of ['ground', 'card', 'ink', 'soft', 'rule', 'accent', 'wash', 'full', 'now', 'area', 'line']) {
    colours[name] = style.getPropertyValue(`--${name}`).trim()
  }
  colours.state = ['untouched', 'waiting', 'at-work', 'closed', 'done'].map(name =>
    style.getPropertyValue(`--state-${name}`).trim())
  colours.corridor = d3.range(1, 10).map(slot => style.getPropertyValue(`--corridor-${slot}`).trim())
  colours.kind = ['repair', 'build', 'upgrade', 'facility'].map(name => style.getPropertyValue(`--kind-${name}`).trim())
}

function setTheme(name) {
  root.dataset.theme = name
  find('#theme').textContent = name === 'dark' ? 'Light' : 'Dark'
  readColours()
  redraws.forEach(redraw => redraw())
}

const onTheme = redraw => redraws.push(redraw)
find('#theme').addEventListener('click', () => setTheme(root.dataset.theme === 'dark' ? 'light' : 'dark'))
systemDark.addEventListener('change', () => setTheme(systemDark.matches ? 'dark' : 'light'))
setTheme(systemDark.matches ? 'dark' : 'light')

// A canvas of its element's size in device pixels; null while it is not shown.
function fitCanvas(canvas, width = canvas.clientWidth, height = canvas.clientHeight) {
  const scale = window.devicePixelRatio || 1
  if (width === 0 || height === 0) {
    return null
  }
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
  }
  const context = canvas.getContext('2d')
  context.setTransform(scale, 0, 0, scale, 0, 0)
  context.clearRect(0, 0, width, height)
  return context
}
