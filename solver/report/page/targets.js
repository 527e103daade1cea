// Km done against each target, over time.
function drawTargets() {
  const section = find('#targets')
  section.hidden = data.targets.length === 0
  for (const target of data.targets) {
    const km = unroll(target.km_by_boundary).slice(1)
    const wanted = new Float32Array(periods).fill(target.wanted_km)
    const met = isMet(target)
    const kinds = target.kinds.map(kind => kindNames[kind].toLowerCase()).join(' and ')
    const chart = timeChart(find('.charts', section), {
      title: `${sentence(kinds)}: ${number(target.wanted_km)} km by ${isoDate(target.by)}`,
      bands: [{ values: km, form: 'area' }, { values: wanted, form: 'limit' }],
      read: t => `${when(t)}: ${number(km[t])} km`,
      height: 130,
    })
    chart.append(element('p.note', met ? `Reached on ${isoDate(target.reached)} with ${number(target.km)} km.`
      : `${number(target.wanted_km - target.km)} km are missing on that day${target.shortfall_cost === null ? ''
        : `; each costs ${brief(target.shortfall_cost)} M ${currency}`}.`))
  }
}
