// Corridors as colours of the map: those that carry most tonne-km at the end have a colour each, all others one.
const corridorColours = 9
const corridors = (() => {
  const carried = new Map()
  links.id.forEach((_, link) => {
    const name = corridorOf(link)
    if (name && isRail(link)) {
      const last = states.there[link].length - 1
      const flow = states.there[link][last] + states.back[link][last]
      const known = carried.get(name) || { name, work: 0, km: 0 }
      known.work += flow * links.length_km[link]
      known.km += links.length_km[link]
      carried.set(name, known)
    }
  })
  return [...carried.values()].sort((a, b) => b.work - a.work).slice(0, corridorColours)
})()
const corridorOfLink = links.id.map((_, link) => corridors.findIndex(corridor => corridor.name === corridorOf(link)))

// What colour tells on the screen: 'state' or 'corridor'.
let mapColour = 'state'
const mapColourListeners = []

function startColour() {
  const select = find('#colour-by')
  select.closest('.by').hidden = !haveCorridors
  select.addEventListener('change', () => {
    mapColour = select.value
    find('.colour-says').textContent = mapColour === 'state' ? 'the state of the line' : 'the corridor'
    mapColourListeners.forEach(listener => listener())
  })
}
