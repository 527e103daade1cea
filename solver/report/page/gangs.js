// Gangs and machines in use against what there is.
function drawGangs() {
  const section = find('#gangs')
  section.hidden = data.gangs.length === 0
  const gangs = [...data.gangs].sort((a, b) => (b.use_percent || 0) - (a.use_percent || 0))
  for (const gang of gangs) {
    const unit = unitOf(gang.resource)
    const use = unroll(gang.use)
    const capacity = unroll(gang.capacity)
    const share = gang.use_percent === null ? 'none is there' : `${number(gang.use_percent)} % used in all`
    timeChart(find('.charts', section), {
      title: sentence(nameOf(data.resources, gang.resource)),
      bands: [{ values: use, form: 'area' }, { values: capacity, form: 'limit' }],
      whole: true,
      read: t => `${when(t)}: ${number(use[t])} of ${number(capacity[t])} ${several(capacity[t], unit)}; ${share}`,
    })
  }
}
