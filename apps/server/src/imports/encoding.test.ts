import { describe, expect, test } from 'vitest'
import type { Encoding } from '@parcurs/domain'
import { decoded, encodingOf } from './encoding.ts'

// SPEC.md [IM24] encodings.

/** A table is made from what Node reads: each byte, or pair of bytes, is asked for what it means. */
function encoder(encoding: Encoding): (text: string) => Buffer {
  if (encoding === 'utf-8') return (text) => Buffer.from(text)
  if (encoding === 'utf-16le') return (text) => Buffer.from(text, 'utf16le')
  if (encoding === 'utf-16be') return (text) => Buffer.from(text, 'utf16le').swap16()
  const decoder = new TextDecoder(encoding)
  const bytes = new Map<string, readonly number[]>()
  for (let one = 0; one < 256; one++) bytes.set(decoded(Uint8Array.of(one), encoding), [one])
  if (encoding === 'gb18030' || encoding === 'big5') {
    for (let first = 0x81; first < 0xff; first++) {
      for (let second = 0x40; second < 0xff; second++) {
        const read = decoder.decode(Uint8Array.of(first, second))
        if (Array.from(read).length === 1 && !bytes.has(read)) bytes.set(read, [first, second])
      }
    }
  }
  return (text) =>
    Buffer.from(
      Array.from(text).flatMap((letter) => {
        const found = bytes.get(letter)
        if (found === undefined) throw new Error(`${encoding} has no ${letter}`)
        return [...found]
      }),
    )
}

const rows = (header: string, ...lines: readonly string[]) =>
  `${header}\r\n${lines.join('\r\n')}\r\n`

const TABLES: readonly (readonly [Encoding, string])[] = [
  [
    'windows-1250',
    rows(
      'client;data;eveniment;sumă',
      'Ştefan;2026-03-01 10:00;Vânzare în magazin;12,50',
      'Ioniţă;2026-03-01 10:05;Retur;3,00',
    ),
  ],
  [
    'windows-1250',
    rows('client;eveniment', 'a;Achiziţie', 'b;Vizualizare pagină', 'c;Adăugat în coş'),
  ],
  ['windows-1250', rows('client;eveniment', 'Gheorghe;plată')],
  [
    'windows-1250',
    rows('klient;zdarzenie', 'Łukasz;Zakup', 'Michał;Wyświetlenie strony', 'Żaneta;Płatność'),
  ],
  ['windows-1250', rows('zákazník;událost', 'Jiří;Nákup', 'Věra;Přihlášení')],
  ['windows-1250', rows('vevő;esemény', 'Győző;Vásárlás', 'Béla;Fizetés')],
  ['windows-1251', rows('Клиент;Дата;Событие;Сумма', 'Анна;01.03.2026 10:00;Просмотр товара;')],
  ['windows-1251', rows('customer;time;event', 'анна;2026-03-01;Покупка')],
  ['windows-1251', rows('customer;time;event', '1;2026-03-01;ПОКУПКА', '2;2026-03-01;ВОЗВРАТ')],
  [
    'windows-1253',
    rows(
      'πελάτης;ημερομηνία;γεγονός',
      'Ελένη;2026-03-01;Αγορά',
      'Γιώργος;2026-03-01;Προβολή σελίδας',
    ),
  ],
  ['windows-1253', rows('customer;event', '1;Αγορά')],
  ['windows-1253', rows('customer;event', '1;ΑΓΟΡΑ', '2;ΕΠΙΣΤΡΟΦΗ')],
  ['windows-1252', rows('client;événement', 'Zoé;Achat à crédit', 'François;Créé')],
  ['windows-1252', rows('cliente;evento', 'João;Compra', 'Conceição;Devolução')],
  ['windows-1252', rows('Kunde;Ereignis', 'Jürgen;Kauf für später', 'Groß;Rückgabe')],
  ['windows-1252', rows('kund;händelse', 'Åsa;Köp', 'Jørgen;Betaling på nett')],
  ['windows-1252', rows('customer;amount', 'a;£12', 'b;€5')],
  [
    'gb18030',
    rows('客户,时间,事件,金额', '张伟,2026-03-01,购买,12.50', '王芳,2026-03-01,浏览商品,'),
  ],
  ['gb18030', rows('customer,event', '1,支付', '2,加入购物车')],
  ['big5', rows('客戶,時間,事件', '陳小明,2026-03-01,購買', '林美玲,2026-03-01,瀏覽商品頁面')],
  ['utf-16le', rows('客户\t时间\t事件', '张伟\t2026-03-01\t购买')],
  ['utf-16be', rows('Клиент\tСобытие', 'Анна\tПокупка')],
  ['utf-16le', rows('id,event', 'a,buy')],
  ['utf-8', rows('客户,事件', '张,购买')],
  ['utf-8', rows('id,event', 'a,buy')],
  ['koi8-r', rows('Клиент;Событие', 'Анна;Просмотр товара')],
]

describe('[IM24] told apart by content', () => {
  test.each(TABLES)('%s: %j', (encoding, text) => {
    const bytes = encoder(encoding)(text)
    const found = encodingOf(bytes, true)
    expect(decoded(bytes, found?.encoding ?? 'utf-8')).toBe(text)
    expect(found?.told).toBe('content')
  })

  test('a mark says it', () => {
    for (const encoding of ['utf-8', 'utf-16le', 'utf-16be'] as const) {
      const bytes = encoder(encoding)('\ufeffa,b\n1,2\n')
      expect(encodingOf(bytes, true)).toEqual({ encoding, told: 'mark' })
    }
  })

  test('a NUL or a broken letter is a fault of its row, not of the file', () => {
    const text = rows('id,event', ...Array.from({ length: 60 }, (_, i) => `${i},покупка`))
    const bytes = Buffer.from(text)
    bytes[bytes.length - 3] = 0
    expect(encodingOf(bytes, true)?.encoding).toBe('utf-8')
    bytes[bytes.length - 3] = 0xff
    expect(encodingOf(bytes, true)?.encoding).toBe('utf-8')
  })

  test('bytes that are no text', () => {
    const noise = Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7919 + 13) % 251))
    expect(encodingOf(noise, true)).toBeNull()
  })
})
