import { describe, expect, test } from 'vitest'
import { detect } from './detection.ts'

// SPEC.md, "Import": [IM1] columns by name and content, [IM2] what the user says holds, [IM3] problems name what is there.

const sample = (header: string, ...rows: readonly string[]) => ({
  columns: header.split(','),
  rows: rows.map((row) => row.split(',')),
})

const shop = sample(
  'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
  '536365,85123A,HEART,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom',
  '536365,71053,LANTERN,6,2010-12-01 08:26:00,3.39,17850.0,United Kingdom',
  'C536379,D,Discount,-1,2010-12-01 09:41:00,27.5,,France',
)

describe('[IM1] finds the columns', () => {
  test.each([
    {
      why: 'of an event log of a shop',
      given: sample(
        'event_time,event_type,product_id,category_code,price,user_id,user_session',
        '2019-10-01 00:00:00 UTC,view,44600062,a.b,35.79,541312140,72d7',
        '2019-10-01 00:00:01 UTC,cart,3900821,a.c,33.20,554748717,9333',
      ),
      found: { customer: 'user_id', time: 'event_time', event: 'event_type', value: ['price'] },
    },
    {
      why: 'of invoice lines, with money as a product and one event name',
      given: shop,
      found: {
        customer: 'CustomerID',
        time: 'InvoiceDate',
        event: null,
        eventName: 'purchase',
        value: ['Quantity', 'UnitPrice'],
        order: null,
        id: null,
      },
    },
    {
      why: 'of a process log, whose case is the customer',
      given: sample(
        ',concept:name,org:resource,time:timestamp,Activity,Costs,case:concept:name,case:channel',
        '0,register,Pete,2010-12-30 14:32:00+01:00,register,50,3,Internet',
        '1,examine,Mike,2010-12-30 15:06:00+01:00,examine,400,3,Desk',
      ),
      found: {
        customer: 'case:concept:name',
        time: 'time:timestamp',
        event: 'concept:name',
        channel: 'case:channel',
        value: [],
      },
    },
    {
      why: 'of app events, where a registration is a time too and a length a number too',
      given: sample(
        'artist,auth,length,level,page,registration,sessionId,ts,userId',
        ',Logged In,,free,Home,1540919166796.0,38,1541105830796,39',
        "Des'ree,Logged In,246.3,free,NextSong,1540344794796.0,139,1541106106796,8",
      ),
      found: { customer: 'userId', time: 'ts', timeFormat: 'epoch-ms', event: 'page', value: [] },
    },
    {
      why: 'of ad touches with a channel and ids',
      given: sample(
        'message_id,customer_id,time,interaction,conversion_value,channel',
        'm1,A1,2018-07-22T20:40:41Z,impression,0,Facebook',
        'm2,A1,2018-07-23T20:40:41Z,conversion,8.5,Paid Search',
      ),
      found: {
        customer: 'customer_id',
        event: 'interaction',
        value: ['conversion_value'],
        channel: 'channel',
        id: 'message_id',
      },
    },
    {
      why: 'of a file in Romanian, with accents, a unit in brackets and a date that is none',
      given: sample(
        'Data,Client ID,Acțiune,Sumă (lei)',
        '03.10.2026 14:05,RO-1,Vizită magazin,',
        '04.10.2026 14:35,RO-1,Cumpărare,1249.50',
        '31.02.2026 09:30,RO-2,Apel,',
      ),
      found: {
        customer: 'Client ID',
        time: 'Data',
        timeFormat: 'day-month-year',
        event: 'Acțiune',
        value: ['Sumă (lei)'],
      },
    },
    {
      why: 'of a file in Russian',
      given: sample('Действие,Пользователь,Дата и время,Сумма', 'покупка,7,2026-10-03 14:05:00,10'),
      found: {
        customer: 'Пользователь',
        time: 'Дата и время',
        event: 'Действие',
        value: ['Сумма'],
      },
    },
    {
      why: 'of a file in Greek',
      given: sample('Πελάτης,Ημερομηνία,Ενέργεια,Ποσό', '7,2026-10-03,αγορά,10'),
      found: { customer: 'Πελάτης', time: 'Ημερομηνία', event: 'Ενέργεια', value: ['Ποσό'] },
    },
    {
      why: 'of a file in Chinese',
      given: sample('用户ID,时间,事件,金额', '7,2026-10-03,购买,10'),
      found: { customer: '用户ID', time: '时间', event: '事件', value: ['金额'] },
    },
  ])('$why', ({ given, found }) => {
    expect(detect(given, { as: 'table' }).mapping).toMatchObject(found)
  })

  test('says how sure it is and why', () => {
    const { found, zoneAssumed } = detect(shop, { customer: 'InvoiceNo' })
    expect(found.map(({ role, confidence, reason }) => [role, confidence, reason.kind])).toEqual([
      ['customer', 'given', 'given'],
      ['time', 'sure', 'name'],
      ['event', 'likely', 'money'],
      ['value', 'sure', 'product'],
    ])
    expect(zoneAssumed).toBe(true)
  })

  test('an id that other rows share is no message id, which is said; a row that comes twice is one event', () => {
    const shared = sample('event_id,user,time,event', '1,a,2020-01-01,x', '1,b,2020-01-01,x')
    expect(detect(shared, {})).toMatchObject({
      mapping: { id: null },
      unused: [{ role: 'id', column: 'event_id', why: 'not-unique' }],
    })
    const twice = sample('event_id,user,time,event', '1,a,2020-01-01,x', '1,a,2020-01-01,x')
    expect(detect(twice, {}).mapping?.id).toBe('event_id')
  })

  test.each([
    {
      why: 'a user and a device together',
      given: sample(
        'user_id,user_pseudo_id,event_timestamp,event_name',
        ',d1,1700000000000000,a',
        'u1,d1,1700000000000001,b',
      ),
      found: { customer: 'user_id', anonymous: 'user_pseudo_id' },
    },
    {
      why: 'the fullest id, and no id that is the same everywhere',
      given: sample(
        'account_id,customer_id,email,time,event',
        'shop,,a@x.example,2026-01-01,x',
        'shop,7,b@x.example,2026-01-02,x',
        'shop,,c@x.example,2026-01-03,y',
        'shop,,a@x.example,2026-01-04,y',
        'shop,,d@x.example,2026-01-05,y',
      ),
      found: { customer: 'email', anonymous: null },
    },
    {
      why: 'a date and its time of day in two columns',
      given: sample('user,Date,Time,event', 'a,2026-03-01,09:00,x', 'a,2026-03-01,14:30,y'),
      found: { time: 'Date', clock: 'Time' },
    },
    {
      why: 'the day first where there are dots, beside a text that is no date',
      given: sample('user,Data,Ora,event', 'a,01.03.2026,09:00,x', 'a,azi,10:05,y'),
      found: { time: 'Data', clock: 'Ora', timeFormat: 'day-month-year' },
    },
    {
      why: 'the exact one of two times',
      given: sample(
        'visitorId,serverDate,serverTimestamp,event',
        'a,2026-03-01,2026-03-01 09:00:00,x',
        'b,2026-03-01,2026-03-01 14:30:00,y',
      ),
      found: { time: 'serverTimestamp' },
    },
    {
      why: 'the kind of a call, not who called',
      given: sample(
        'Name,Phone Number,Call Type,Date',
        'Ann Bee,+401,INCOMING,2026-03-01 09:00',
        'Cid Dee,+402,OUTGOING,2026-03-01 10:00',
        'Eve Eff,+403,MISSED,2026-03-01 11:00',
        'Gus Hut,+404,MISSED,2026-03-01 12:00',
        'Ida Jay,+405,INCOMING,2026-03-01 13:00',
      ),
      found: { customer: 'Phone Number', event: 'Call Type' },
    },
    {
      why: 'never an order number as an event',
      given: sample(
        'Name,Email,Created at,Total',
        '#1001,a@x.example,2026-03-01 09:00:00,10',
        '#1002,b@x.example,2026-03-02 09:00:00,20',
      ),
      found: { event: null, eventName: 'purchase', customer: 'Email', value: ['Total'] },
    },
    {
      why: 'a page as the page',
      given: sample('visitor,time,page', 'a,2026-03-01 09:00:00,/', 'a,2026-03-01 09:01:00,/cart'),
      found: { event: null, eventName: 'page_view', url: 'page' },
    },
    {
      why: 'an order that is said twice, but not as the id of lines',
      given: sample(
        'user,time,event,order_id,amount,currency',
        'a,2026-03-01,purchase,1,10,eur',
        'a,2026-03-01,purchase,1,10,eur',
        'a,2026-03-02,refund,1,4,eur',
      ),
      found: { order: 'order_id', currency: 'currency' },
    },
  ])('$why', ({ given, found }) => {
    expect(detect(given, { as: 'table' }).mapping).toMatchObject(found)
  })

  test('lines of an order each count, which is said; a code is the currency of all rows', () => {
    const lines = sample(
      'user,time,order_id,amount',
      'a,2026-03-01,1,10',
      'a,2026-03-01,1,20',
      'b,2026-03-02,2,5',
    )
    expect(detect(lines, { currency: 'ron' })).toMatchObject({
      mapping: { order: null, currency: null, currencyCode: 'RON' },
      unused: [{ role: 'order', column: 'order_id', why: 'order-lines' }],
    })
  })
})

describe('[IM2] what the user says holds', () => {
  test('over every detection, in any spelling', () => {
    const { mapping } = detect(shop, {
      customer: 'invoice_no',
      eventName: 'line',
      value: 'UnitPrice * Quantity',
      id: 'StockCode',
      tz: 'Europe/London',
    })
    expect(mapping).toMatchObject({
      customer: 'InvoiceNo',
      event: null,
      eventName: 'line',
      value: ['UnitPrice', 'Quantity'],
      id: 'StockCode',
      zone: 'Europe/London',
    })
  })

  test('an empty value means none', () => {
    expect(detect(shop, { value: '' }).mapping?.value).toEqual([])
  })
})

describe('[IM3] problems', () => {
  test.each([
    {
      why: 'a column that is not there',
      options: { customer: 'Client' },
      problem: { code: 'column-unknown', role: 'customer', asked: 'Client' },
    },
    {
      why: 'a factor that is not there',
      options: { value: 'Quantity*Prise' },
      problem: { code: 'column-unknown', role: 'value', asked: 'Prise' },
    },
    {
      why: 'a time column that holds no times',
      options: { time: 'Country' },
      problem: {
        code: 'time-not-readable',
        column: 'Country',
        examples: ['United Kingdom', 'France'],
      },
    },
    {
      why: 'money that is text',
      options: { value: 'Country' },
      problem: { code: 'value-not-numeric', column: 'Country' },
    },
    {
      why: 'an unknown zone',
      options: { tz: 'Europe/Atlantis' },
      problem: { code: 'zone-unknown', asked: 'Europe/Atlantis' },
    },
    {
      why: 'a column and a name for the event',
      options: { event: 'Country', eventName: 'x' },
      problem: { code: 'event-twice' },
    },
  ])('$why', ({ options, problem }) => {
    const { problems, mapping } = detect(shop, options)
    expect(problems).toEqual([expect.objectContaining(problem)])
    expect(mapping).toBeNull()
  })

  test('no time, no customer', () => {
    const { problems, columns } = detect(sample('a,b', 'x,1', 'y,2'), {})
    expect(problems).toEqual([{ code: 'time-not-found' }, { code: 'customer-not-found' }])
    expect(columns).toEqual(['a', 'b'])
  })

  test('a header without rows', () => {
    expect(detect(sample('user_id,time,event'), {}).problems).toContainEqual({ code: 'no-rows' })
  })

  test('days and months that cannot be told apart', () => {
    const dates = sample('user_id,date', 'a,03/04/2020', 'b,05/06/2020')
    expect(detect(dates, {}).problems).toEqual([
      {
        code: 'time-ambiguous',
        column: 'date',
        example: '03/04/2020',
        formats: ['month-day-year', 'day-month-year'],
      },
    ])
    expect(detect(dates, { timeFormat: 'day-month-year' }).problems).toEqual([])
    const clear = sample('user_id,date', 'a,12/1/2010 8:26', 'b,12/31/2010 8:26')
    expect(detect(clear, {}).mapping?.timeFormat).toBe('month-day-year')
  })
})
