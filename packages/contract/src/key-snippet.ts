/** Who sends, and where to. */
export interface Sender {
  readonly key: string
  /** Of the installation, without a slash at its end. */
  readonly address: string
}

/** Segment's own snippet for a page's head, loading the script from the installation. */
export function browserSnippet({ key, address }: Sender): readonly string[] {
  return [
    '<script>',
    '  !function(){var a=window.analytics=window.analytics||[];',
    '  if(a.initialize||a.invoked)return;a.invoked=!0;',
    '  a.methods=["track","page","screen","identify","group","alias","reset",',
    '    "ready","once","on","off","debug","setAnonymousId","addSourceMiddleware"];',
    '  a.factory=function(m){return function(){',
    '    if(window.analytics.initialized)',
    '      return window.analytics[m].apply(window.analytics,arguments);',
    '    var q=Array.prototype.slice.call(arguments);',
    '    q.unshift(m);a.push(q);return a}};',
    '  a.methods.forEach(function(m){a[m]=a.factory(m)});',
    `  a._writeKey=${JSON.stringify(key)};`,
    `  a._cdn=${JSON.stringify(address)};`,
    '  var s=document.createElement("script");s.async=!0;',
    '  s.src=a._cdn+"/analytics.js/v1/"+a._writeKey+"/analytics.min.js";',
    '  document.head.appendChild(s);a.page()}();',
    '</script>',
  ]
}

/** With Segment's client for Node. */
export function nodeSnippet({ key, address }: Sender): readonly string[] {
  return [
    "import { Analytics } from '@segment/analytics-node'",
    'const analytics = new Analytics({',
    `  writeKey: '${key}',`,
    `  host: '${address}',`,
    '})',
    "analytics.track({ userId: 'ann', event: 'Order Completed' })",
  ]
}

export function curlSnippet({ key, address }: Sender): readonly string[] {
  return [
    `curl -sSf -u '${key}:' '${address}/v1/track' \\`,
    '  -d \'{ "userId": "ann", "event": "Order Completed" }\'',
  ]
}
