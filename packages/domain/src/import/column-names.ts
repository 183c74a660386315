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
    // In Romanian, Russian, Greek, Chinese, German, French and Spanish, without accents.
    'client',
    'idclient',
    'codclient',
    'utilizator',
    'клиент',
    'idклиента',
    'кодклиента',
    'покупатель',
    'пользователь',
    'idпользователя',
    'πελατης',
    'κωδικοςπελατη',
    'χρηστης',
    '客户',
    '客户id',
    '客户编号',
    '用户',
    '用户id',
    '用户编号',
    '会员',
    '会员id',
    '顾客',
    'kunde',
    'kundennummer',
    'kundenid',
    'utilisateur',
    'cliente',
    'idcliente',
    'usuario',
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
    // In Romanian, Russian, Greek, Chinese, German, French and Spanish, without accents.
    'data',
    'datasiora',
    'dataora',
    'timp',
    'moment',
    'дата',
    'время',
    'датаивремя',
    'датавремя',
    'ημερομηνια',
    'ωρα',
    'χρονος',
    'ημερομηνιαωρα',
    '时间',
    '日期',
    '事件时间',
    '下单时间',
    '发生时间',
    'datum',
    'zeit',
    'zeitpunkt',
    'dateheure',
    'horodatage',
    'fecha',
    'fechahora',
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
    // In Romanian, Russian, Greek, Chinese, German, French and Spanish, without accents.
    'actiune',
    'eveniment',
    'activitate',
    'событие',
    'действие',
    'активность',
    'συμβαν',
    'ενεργεια',
    'δραστηριοτητα',
    '事件',
    '行为',
    '动作',
    '活动',
    '事件名称',
    'ereignis',
    'aktion',
    'evenement',
    'evento',
    'accion',
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
    // In Romanian, Russian, Greek, Chinese, German, French and Spanish, without accents.
    'suma',
    'valoare',
    'pret',
    'сумма',
    'стоимость',
    'выручка',
    'цена',
    'ποσο',
    'αξια',
    'συνολο',
    'τιμη',
    '金额',
    '总价',
    '价格',
    '销售额',
    '收入',
    'betrag',
    'umsatz',
    'montant',
    'importe',
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

/**
 * Spelling does not matter: `Customer ID`, `customer_id` and `properties.customerId` are one name, and so are
 * `Sumă (lei)` and `suma`: accents and a unit in brackets say nothing.
 */
export function plainName(column: string): string {
  const bare = (text: string) =>
    text
      .normalize('NFD')
      .replace(/\p{M}|\([^)]*\)/gu, '')
      .normalize('NFC')
      .toLowerCase()
      .replace(/[\s_\-."']/g, '')
  const last = column.slice(column.lastIndexOf('.') + 1)
  return bare(last === '' ? column : last)
}

/** How well a name says a role: 0 best, rising; null: it does not. */
export function nameRank(column: string, role: ColumnRole): number | null {
  const plain = plainName(column)
  const rank = NAMES[role].findIndex((name) => plainName(name) === plain)
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
