// Draws the page. The first date is today, where the programme is under way.
function start() {
  const hasMap = links.id.length > 0
  find('#map').hidden = !hasMap
  find('#print-maps').hidden = !hasMap
  drawHead()
  drawCredit()
  drawTimeline()
  if (hasMap) {
    startMap()
    startColour()
    startLegend()
    startDetails()
  }
  startGantt()
  drawGangs()
  drawWindows()
  drawFreight()
  drawMoney()
  drawTargets()
  drawPrices()
  drawLeftOut()
  drawRisk()
  drawSections()
  startPrint()
  find('.made').textContent = `Made by ganger ${programme.ganger} from instance ${clean(programme.name)}, SHA-256 ${programme.sha256}.`
  const today = boundaryAt(Date.now())
  shared.at = today > 0 && today < periods ? Math.floor(today) : 0
  tell('time')
}
start()
