// The date shown: slider, play, and years below.
function drawTimeline() {
  const slider = find('#time')
  const play = find('#play')
  slider.max = periods
  slider.addEventListener('input', () => {
    stop()
    setTime(Number(slider.value))
  })
  const every = Math.ceil(data.years.length / 10)
  for (const year of data.years.filter((_, i) => i % every === 0)) {
    const mark = element('span', String(year.year))
    mark.style.left = `${100 * year.begin / periods}%`
    find('.ticks').append(mark)
  }

  // The whole programme in about 30 seconds.
  let timer = null
  let began = 0
  let from = 0
  function step(elapsed) {
    setTime(from + (elapsed - began) * periods / 30000)
    if (shared.at >= periods) {
      stop()
    }
  }
  function stop() {
    if (timer) {
      timer.stop()
      timer = null
      label()
    }
  }
  function label() {
    play.textContent = timer ? 'Pause' : 'Play'
    play.setAttribute('aria-label', play.textContent)
  }
  play.addEventListener('click', () => {
    if (timer) {
      stop()
      return
    }
    from = shared.at >= periods ? 0 : shared.at
    began = 0
    timer = d3.timer(step)
    label()
  })
  on('time', () => {
    slider.value = shared.at
    const shown = shared.at === periods ? dayBefore(periods) : dayAfter(shared.at)
    find('#date').textContent = date(shown)
    slider.setAttribute('aria-valuetext', date(shown))
  })
}

function drawSections() {
  for (const section of document.querySelectorAll('main > section[data-name]')) {
    if (!section.hidden) {
      find('nav').append(element('a', section.dataset.name, { href: `#${section.id}` }))
    }
  }
}
