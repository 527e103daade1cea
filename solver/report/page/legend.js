// What colours and widths mean, with the km of line in each state on the date shown.
let updateLegend = () => {}

function startLegend() {
  const legend = find('.legend')
  const rows = [STATE.CLOSED, STATE.AT_WORK, STATE.WAITING, STATE.DONE, STATE.UNTOUCHED].map(state => {
    const swatch = sample(`state-${['untouched', 'waiting', 'at-work', 'closed', 'done'][state]}`, 6,
      state === STATE.CLOSED ? '7 4' : null)
    const km = element('td')
    return { state, km, row: element('tr', [element('td', [swatch]), element('td', stateNames[state]), km]) }
  })
  const unbuilt = element('tr', [element('td', [sample('soft', 1.6, '2 4')]), element('td', 'Not built yet'), element('td')])
  const full = element('tr', [element('td', [sample('state-done', 6, null, true)]), element('td', 'Full: a bottleneck'), element('td')])
  const byState = element('table', [element('caption', 'Line, km'), ...rows.map(row => row.row), unbuilt, full])
  const byCorridor = corridorTable()
  byCorridor.hidden = true
  legend.append(byState, byCorridor,
    element('table.widths', [element('caption', 'Freight, Mt a year, both directions'), ...widths()]),
    element('p.marks', marks()))
  mapColourListeners.push(() => {
    byState.hidden = mapColour !== 'state'
    byCorridor.hidden = mapColour !== 'corridor'
  })

  updateLegend = () => {
    const km = new Float64Array(5)
    let missing = 0
    for (let segment = 0; segment < segments.id.length; segment++) {
      km[segmentState(segment, shared.at)] += lengthOf(segment)
      missing += stands(segment, shared.at) ? 0 : lengthOf(segment)
    }
    const frame = frameAt(shared.at)
    rows.forEach(row => {
      // Line that nothing is planned for reaches far abroad: its km would say little.
      row.km.textContent = row.state === STATE.UNTOUCHED ? '' : number(km[row.state])
    })
    unbuilt.lastChild.textContent = number(missing)
    full.lastChild.textContent = number(d3.sum(links.length_km, (length, link) => states.full[link][frame] * length))
  }
  on('time', oncePerFrame(updateLegend))
}

function corridorTable() {
  const row = (colour, name, km) => element('tr', [element('td', [sample(colour, 6, null)]), element('td.name', name),
    element('td', km === null ? '' : number(km))])
  return element('table', [element('caption', 'Corridors with most freight, km'),
    ...corridors.map((corridor, slot) => row(`corridor-${slot + 1}`, corridor.name, corridor.km)),
    row('state-untouched', 'Other lines', null)])
}

// The shapes of places, as far as there are such.
function marks() {
  const kinds = [['border', 'border crossing'], ['port', 'port'], ['dryport', 'dry port']]
    .filter(([type]) => data.nodes.type.includes(type))
  const shown = kinds.map(([type, name]) => {
    const svg = d3.create('svg').attr('width', 14).attr('height', 14).attr('viewBox', '-7 -7 14 14').attr('aria-hidden', 'true')
    svg.append('path').attr('d', `M${markShapes[type].map(point => point.join(',')).join('L')}Z`).style('fill', 'var(--card)')
      .style('stroke', 'var(--ink)').attr('stroke-width', 1.6)
    return element('span.mark-kind', [svg.node(), name])
  })
  const abroad = new Set(data.nodes.country.filter(Boolean)).size > 1
  return abroad ? [...shown, element('span.mark-kind', [element('i', 'Name'), 'abroad'])] : shown
}

// A short line in a colour of colours.css, edged if it is full.
function sample(colour, width, dash, edged = false) {
  const svg = d3.create('svg').attr('width', 34).attr('height', 14).attr('aria-hidden', 'true')
  const line = () => svg.append('line').attr('x1', 1).attr('x2', 33).attr('y1', 7).attr('y2', 7)
  if (edged) {
    line().style('stroke', 'var(--full)').attr('stroke-width', width + 4)
  }
  line().style('stroke', `var(--${colour})`).attr('stroke-width', width).attr('stroke-dasharray', dash)
  return svg.node()
}

function widths() {
  const round = d3.ticks(0, mostFlow, 4).pop()
  return [round / 16, round / 4, round].filter(flow => flow > 0).map(flow => element('tr', [element('td', [sample('soft', widthOf(flow), null)]),
    element('td', number(flow, flow < 1 ? 1 : 0))]))
}
