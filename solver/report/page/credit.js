// Whom the figures are owed to: on the map, at the end of the page, and as a list of sources with their addresses.
function drawCredit() {
  const { attribution, licences, sources } = data.credit
  const named = clean(attribution).replace(/\(c\) */gi, '© ')
  find('#map .credit').textContent = named
  find('footer .credit').append(...[
    named ? `Data: ${named}.` : null,
    ...(licences || []).flatMap(licence => [' Licence of the instance: ', outward(licence.path, licence.title || licence.name || licence.path), '.']),
  ].filter(Boolean))
  const list = find('footer .sources')
  list.hidden = !sources || sources.length === 0
  find('ul', list).append(...(sources || []).map(source => element('li', outward(source.path, source.title || source.path))))
}

// A link where the address is one of the web, else text.
function outward(address, name) {
  const text = clean(name || '')
  return /^https?:\/\//.test(String(address)) ? element('a.name', text, { href: address, rel: 'noreferrer' }) : element('span.name', text)
}
