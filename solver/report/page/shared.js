// What all parts of the page share: the boundary that is shown, and the link or work that is chosen.
const shared = { at: 0, link: -1, work: -1 }
const listeners = { time: [], choice: [] }
const on = (what, listener) => listeners[what].push(listener)
const tell = what => listeners[what].forEach(listener => listener())

function setTime(boundary) {
  const at = Math.max(0, Math.min(periods, Math.round(boundary)))
  if (at !== shared.at) {
    shared.at = at
    tell('time')
  }
}

function chooseLink(link) {
  shared.link = link
  shared.work = -1
  tell('choice')
}

function chooseWork(work) {
  shared.work = work
  shared.link = work < 0 ? -1 : linkOf(work)
  tell('choice')
}

// Calls `draw` once before the next picture, however often it is asked for; while `place` is out of sight, when it is
// seen again.
function oncePerFrame(draw, place = null) {
  let asked = false
  let hidden = false
  if (place) {
    new IntersectionObserver(entries => {
      hidden = !entries[entries.length - 1].isIntersecting
      if (!hidden && asked) {
        asked = false
        ask()
      }
    }).observe(place)
  }
  return ask

  function ask() {
    if (hidden) {
      asked = true
      return
    }
    if (!asked) {
      asked = true
      requestAnimationFrame(() => {
        asked = false
        draw()
      })
    }
  }
}
