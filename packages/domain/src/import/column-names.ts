import type { ColumnRole } from './import-options.ts'

// What columns are called in exports of shops, analytics products and process-mining logs, best first.
const NAMES: Readonly<Record<ColumnRole, readonly string[]>> = {
  customer: [
    'case:concept:name',
    'customerid',
    'userid',
    'personid',
    'clientid',
    'visitorid',
    'memberid',
    'distinctid',
    'userpseudoid',
    'anonymousid',
    'customer',
    'user',
    'person',
    'visitor',
    'caseid',
    'case',
    'traceid',
    'cookieid',
    'cookie',
    'deviceid',
    'accountid',
    'contactid',
    'playerid',
    'subscriberid',
    'who',
    'email',
    'uid',
  ],
  time: [
    'time:timestamp',
    'eventtime',
    'eventtimestamp',
    'timestamp',
    'occurredat',
    'time',
    'ts',
    'datetime',
    'eventdate',
    'happenedat',
    'invoicedate',
    'orderdate',
    'purchasedate',
    'transactiondate',
    'completetimestamp',
    'starttimestamp',
    'createdat',
    'visitdate',
    'sentat',
    'receivedat',
    'date',
    'when',
    'created',
    'day',
  ],
  event: [
    'concept:name',
    'event',
    'eventname',
    'eventtype',
    'activity',
    'activityname',
    'action',
    'actionname',
    'interaction',
    'behavior',
    'behaviour',
    'behaviortype',
    'task',
    'page',
    'pagename',
    'step',
    'what',
    'type',
    'name',
  ],
  value: [
    'value',
    'eventvalue',
    'conversionvalue',
    'revenue',
    'amount',
    'totalamount',
    'ordertotal',
    'total',
    'totalprice',
    'sales',
    'price',
    'money',
    'spent',
  ],
  id: ['messageid', 'eventid', 'insertid', '$insertid', 'uuid', 'eventuuid', 'hitid'],
  channel: ['channel', 'case:channel', 'channelname', 'channelgrouping', 'utmmedium', 'medium'],
  url: ['url', 'pageurl', 'pagelocation', 'currenturl', '$currenturl', 'pagepath', 'path', 'uri'],
  currency: ['currency', 'currencycode'],
  order: ['orderid', 'transactionid'],
}

/** The parts of a product that is money. */
const QUANTITY = ['quantity', 'qty', 'units', 'count']
const UNIT_PRICE = ['unitprice', 'priceperunit', 'itemprice', 'price']

/** Spelling does not matter: `Customer ID`, `customer_id` and `properties.customerId` are one name. */
export function plainName(column: string): string {
  const bare = (text: string) => text.toLowerCase().replace(/[\s_\-."']/g, '')
  const last = column.slice(column.lastIndexOf('.') + 1)
  return bare(last === '' ? column : last)
}

/** How well a name says a role: 0 best, rising; null: it does not. */
export function nameRank(column: string, role: ColumnRole): number | null {
  const rank = NAMES[role].indexOf(plainName(column))
  return rank === -1 ? null : rank
}

/** Two columns whose product is the money of a line: quantity times unit price. */
export function moneyProduct(columns: readonly string[]): readonly [string, string] | null {
  const find = (names: readonly string[]) =>
    names
      .map((name) => columns.find((column) => plainName(column) === name))
      .find((column) => column !== undefined)
  const quantity = find(QUANTITY)
  const unitPrice = find(UNIT_PRICE)
  return quantity === undefined || unitPrice === undefined ? null : [quantity, unitPrice]
}
