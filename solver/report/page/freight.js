// Freight delivered of what is wanted: by the countries between which it goes, or by commodity.
const freight = data.freight.map(group => ({
  ...group,
  wanted: unroll(group.wanted),
  delivered: unroll(group.delivered),
}))
const routeOf = group => {
  const ends = [country(group.from), country(group.to)]
  return ends[0] === ends[1] ? `Within ${ends[0]}` : `${ends[0]} – ${ends[1]}`
}
const freightGroupings = [
  { name: 'route', of: routeOf, there: freight.some(group => group.from || group.to) },
  { name: 'commodity', of: group => spaced(group.commodity) || 'Freight', there: freight.some(group => group.commodity) },
].filter(grouping => grouping.there)
const perYear = values => d3.sum(values) * programme.period_days / 365.25

function addUp(groups, label) {
  const total = { label, wanted: new Float32Array(periods), delivered: new Float32Array(periods) }
  for (const group of groups) {
    for (let t = 0; t < periods; t++) {
      total.wanted[t] += group.wanted[t]
      total.delivered[t] += group.delivered[t]
    }
  }
  return total
}

// The largest, and the rest as one.
function gatherFreight(grouping) {
  const all = d3.nest().key(grouping.of).entries(freight).map(({ key, values }) => addUp(values, key))
  all.sort((a, b) => d3.sum(b.wanted) - d3.sum(a.wanted))
  const shown = all.length > 15 ? all.slice(0, 14) : all
  return all.length > 15 ? [...shown, addUp(all.slice(14), `${all.length - 14} others`)] : shown
}

function freightChart(parent, group, size = {}) {
  const all = `${number(100 * d3.sum(group.delivered) / d3.sum(group.wanted))} % of ${number(perYear(group.wanted))} Mt in all`
  timeChart(parent, {
    ...size,
    title: group.label,
    bands: [{ values: group.delivered, form: 'area' }, { values: group.wanted, form: 'limit' }],
    read: t => `${when(t)}: ${brief(group.delivered[t])} of ${brief(group.wanted[t])}; ${all}`,
  })
}

function drawFreight() {
  const section = find('#freight')
  section.hidden = freight.length === 0 || isMakespan
  if (section.hidden) {
    return
  }
  const select = find('#freight-by')
  const charts = find('.charts', section)
  freightGroupings.forEach((grouping, i) => select.append(element('option', grouping.name, { value: String(i) })))
  select.parentNode.parentNode.hidden = freightGroupings.length < 2
  const redraw = () => {
    charts.replaceChildren()
    const grouping = freightGroupings[Number(select.value)]
    if (grouping) {
      gatherFreight(grouping).forEach(group => freightChart(charts, group))
    }
  }
  select.addEventListener('change', redraw)
  freightChart(find('.total', section), addUp(freight, 'All freight'), innerWidth > 720 ? { width: 1000, height: 190 } : {})
  redraw()
  find('.say', section).textContent = sayFreight()
  drawAtHome(find('.at-home', section))
  drawBottlenecks(find('.bottlenecks', section))
}

// Flows, those first of which most stays at home.
const atHome = () => {
  const demands = data.demands
  return demands.id.map((_, k) => {
    const wanted = d3.sum(demands.wanted_mt[k])
    const missing = wanted - d3.sum(demands.delivered_mt[k])
    return { k, wanted, missing, by: demands.wanted_mt[k].map((want, y) => want - demands.delivered_mt[k][y]) }
  }).filter(row => row.missing > 0.005).sort((a, b) => b.missing - a.missing)
}

function sayFreight() {
  const rows = atHome()
  const wanted = d3.sum(data.demands.wanted_mt, row => d3.sum(row))
  const missing = d3.sum(rows, row => row.missing)
  const end = (side, row) => nameOf(data.nodes, data.demands[side][row.k])
  const most = rows.length === 0 ? '' : ` The largest part is ${spaced(data.demands.commodity[rows[0].k]).toLowerCase() || 'freight'} from `
    + `${end('origin', rows[0])} to ${end('destination', rows[0])}, ${brief(rows[0].missing)} Mt.`
  return `Delivered (area) of what is wanted (line), Mt a year. ${missing > 0.005
    ? `Of ${brief(wanted)} Mt in all ${brief(missing)} Mt stay at home.${most}` : 'All of it is delivered.'}`
}

function drawAtHome(parent) {
  const demands = data.demands
  const rows = atHome()
  if (rows.length === 0) {
    parent.append(element('p.note', 'All freight is delivered.'))
    return
  }
  listTable(parent, {
    caption: 'Freight that stays at home, Mt',
    rows,
    first: 10,
    columns: [
      { head: 'From', cell: row => nameOf(data.nodes, demands.origin[row.k]), name: true },
      { head: 'To', cell: row => nameOf(data.nodes, demands.destination[row.k]), name: true },
      { head: 'Commodity', cell: row => spaced(demands.commodity[row.k]), name: true },
      { head: `Worth, ${currency} a tonne`, value: row => demands.value[row.k], digits: 1 },
      ...data.years.map((year, y) => ({ head: String(year.year), value: row => row.by[y], digits: 2, heat: true })),
      { head: 'All', value: row => row.missing, digits: 2 },
      { head: 'Of what is wanted', value: row => 100 * row.missing / row.wanted, digits: 0, unit: ' %' },
    ],
  })
}

// Lines that are full, and the freight that stays at home for it.
function drawBottlenecks(parent) {
  const told = (data.explain.binding || {}).links
  const rows = (told || fullByStates()).filter(row => row.full_percent > 0.05 || row.at_home_mt > 0.005)
  if (rows.length === 0) {
    return
  }
  listTable(parent, {
    caption: 'Lines that are full in a direction, % of each year',
    rows,
    first: 10,
    columns: [
      { head: 'Line', name: true, cell: row => linkButton(row) },
      ...Object.keys(rows[0].full_percent_by_year).sort().map(year =>
        ({ head: year, value: row => row.full_percent_by_year[year], heat: true })),
      { head: 'All years', value: row => row.full_percent },
      ...(told ? [{ head: 'Closed by works, %', value: row => row.closed_percent },
        { head: 'Stays at home for it, Mt', value: row => row.at_home_mt, digits: 2 }]
        : [{ head: 'Freight at the end, Mt a year, both directions', value: row => row.flow, digits: 1 }]),
    ],
  })
}

// On large networks nothing is solved anew for the page: lines are full by the states that the map shows.
function fullByStates() {
  const yearAt = Array.from(states.full[0] || [], (_, frame) => {
    const at = data.states.first + frame * data.states.step
    return data.years.findIndex(year => year.begin <= at && at < year.end)
  })
  const share = (full, frames) => (frames.length > 0 ? 100 * d3.mean(frames, frame => full[frame]) : 0)
  const framesOf = data.years.map((_, y) => yearAt.flatMap((year, frame) => (year === y ? [frame] : [])))
  const all = framesOf.flat()
  return links.id.map((id, link) => ({ id, link })).filter(({ link }) => states.full[link].includes(1)).map(({ id, link }) => {
    const last = states.there[link].length - 1
    return {
      id,
      name: nameOf(links, link),
      full_percent: share(states.full[link], all),
      full_percent_by_year: Object.fromEntries(data.years.map((year, y) => [year.year, share(states.full[link], framesOf[y])])),
      flow: states.there[link][last] + states.back[link][last],
    }
  }).sort((a, b) => b.full_percent - a.full_percent || b.flow - a.flow)
}
