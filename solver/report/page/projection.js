// Where the lines lie on a map of some size, before it is moved or zoomed.
const lonLat = segments.line.map(steps => {
  const points = []
  let lon = 0
  let lat = 0
  for (let i = 0; i < (steps || []).length; i += 2) {
    lon += steps[i]
    lat += steps[i + 1]
    points.push([lon / 1e5, lat / 1e5])
  }
  return points
})

// The country in which most nodes lie: what the map shows first. Lines abroad are there too.
const homeCountry = (() => {
  const count = new Map()
  data.nodes.country.forEach(code => count.set(code, (count.get(code) || 0) + 1))
  return [...count].sort((a, b) => b[1] - a[1]).map(([code]) => code)[0]
})()
const isHome = link => data.nodes.country[links.from[link]] === homeCountry && data.nodes.country[links.to[link]] === homeCountry

const home = (() => {
  const points = lonLat.filter((_, segment) => isHome(segments.link[segment])).flat()
  return points.length > 0 ? points : lonLat.flat()
})()
const [west, east] = d3.extent(home, point => point[0])
const [south, north] = d3.extent(home, point => point[1])

// In which part of the country a segment lies, by thirds of its width and height: 'North-west', 'Centre'.
function regionOf(segment) {
  const [lon, lat] = lonLat[segment][Math.floor(lonLat[segment].length / 2)]
  const third = (value, low, high) => Math.max(0, Math.min(2, Math.floor(3 * (value - low) / (high - low || 1))))
  const across = ['west', '', 'east'][third(lon, west, east)]
  const along = ['south', '', 'north'][third(lat, south, north)]
  return sentence([along, across].filter(Boolean).join('-')) || 'Centre'
}

function makeProjection(width, height) {
  const margin = Math.min(40, width / 16)
  return d3.geoConicEqualArea()
    .rotate([-(west + east) / 2, 0])
    .parallels([south + (north - south) / 6 - 0.01, north - (north - south) / 6 + 0.01])
    .fitExtent([[margin, margin], [width - margin, height - margin]], { type: 'MultiPoint', coordinates: home })
}

// Points of each segment as x, y, x, y, ..., without those that lie within a third of a pixel of the one before.
function projectSegments(projection) {
  return lonLat.map(points => {
    const flat = []
    points.forEach((point, i) => {
      const [x, y] = projection(point)
      const near = flat.length > 0 && Math.hypot(x - flat[flat.length - 2], y - flat[flat.length - 1]) < 0.34
      if (!near || i === points.length - 1) {
        flat.push(x, y)
      }
    })
    return Float32Array.from(flat)
  })
}
