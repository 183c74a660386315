import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import type { Encoding } from '@parcurs/domain'

export interface EncodingFound {
  readonly encoding: Encoding
  /** A mark at the beginning of the file, its content, or the person who imports it. */
  readonly told: 'mark' | 'content' | 'given'
}

/**
 * A whole text of any encoding.
 * TRICKY: Node 20 decodes windows-1252 as latin1 unless it streams, and has no € then.
 */
export function decoded(bytes: Uint8Array, encoding: Encoding): string {
  const decoder = new TextDecoder(encoding)
  return decoder.decode(bytes, { stream: true }) + decoder.decode()
}

/** Null: the bytes are no text. @param whole the head is all there is */
export function encodingOf(head: Buffer, whole: boolean): EncodingFound | null {
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', told: 'mark' }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', told: 'mark' }
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) {
    return { encoding: 'utf-8', told: 'mark' }
  }
  const wide = wideOf(head)
  if (wide !== null) return { encoding: wide, told: 'content' }
  // A NUL here and there is a fault of its row; many are no text.
  const odd = head.filter((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13)
  if (odd.length > head.length * 0.02) return null
  const end = whole ? head.length : head.lastIndexOf(10) + 1 || head.length
  const lines = head.subarray(0, end)
  if (isUtf8(lines)) return { encoding: 'utf-8', told: 'content' }
  const { valid, broken } = multibyte(lines)
  // A few broken letters among good ones: UTF-8 whose broken rows are refused.
  if (valid > broken) return { encoding: 'utf-8', told: 'content' }
  return { encoding: bestPage(foreignLines(lines)), told: 'content' }
}

/** UTF-16 without a mark: delimiters and line ends have a 0 on one side, always on the same. */
function wideOf(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  const part = head.subarray(0, 4000 - (head.length % 2))
  let even = 0
  let odd = 0
  for (let at = 0; at < part.length; at++) {
    if (part[at] !== 0) continue
    if (at % 2 === 0) even++
    else odd++
  }
  if (odd + even < part.length * 0.02) return null
  const little = odd > even * 20
  if (!little && !(even > odd * 20)) return null
  const encoding = little ? 'utf-16le' : 'utf-16be'
  const text = decoded(part, encoding)
  const cuts = text.match(/[\t\n\r,;|]/g)?.length ?? 0
  return cuts > text.length * 0.01 ? encoding : null
}

/** How many characters of several bytes are well formed, and how many bytes are not. */
function multibyte(bytes: Buffer): { readonly valid: number; readonly broken: number } {
  let valid = 0
  let broken = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 0
    if (length > 0 && isUtf8(bytes.subarray(at, at + length))) {
      valid++
      at += length - 1
    } else broken++
  }
  return { valid, broken }
}

const JUDGED_BYTES = 65_536

/** The lines that hold other bytes than ASCII, as far as a judgement needs. */
function foreignLines(bytes: Buffer): Buffer {
  const lines: Buffer[] = []
  let size = 0
  for (let from = 0; from < bytes.length && size < JUDGED_BYTES; ) {
    const end = bytes.indexOf(10, from) + 1 || bytes.length
    const line = bytes.subarray(from, Math.min(end, from + JUDGED_BYTES))
    if (line.some((byte) => byte >= 0x80)) {
      lines.push(line)
      size += line.length
    }
    from = end
  }
  return Buffer.concat(lines)
}

/** The code page whose reading looks most like a language; of equals the western one. */
function bestPage(bytes: Buffer): Encoding {
  let best: { readonly encoding: Encoding; readonly score: number } = {
    encoding: 'windows-1252',
    score: Number.NEGATIVE_INFINITY,
  }
  for (const { encoding, score } of PAGES) {
    const reached = score(decoded(bytes, encoding))
    if (reached > best.score + 1e-9) best = { encoding, score: reached }
  }
  return best.encoding
}

// Each judge gives a letter that is not ASCII up to 1 where it is usual in the language, less where it is not.

/** Languages in Latin letters: the letters beyond ASCII that they write. */
const WESTERN = [
  'àâæçéèêëîïôœùûüÿ',
  'äöüß',
  'áéíóúüñ',
  'àèéìíîòóùú',
  'áâãàçéêíóôõúü',
  'åäöéü',
  'åæøéô',
  'áðéíóúýþæö',
  'éëïóöüèê',
]
const CENTRAL = [
  'ăâîşţ',
  'ąćęłńóśźż',
  'áčďéěíňóřšťúůýž',
  'áäčďéíĺľňóôŕšťúýž',
  'áéíóöőúüű',
  'čćđšž',
  'äöüß',
]

function latin(alphabets: readonly string[]): (text: string) => number {
  return (text) => Math.max(...alphabets.map((letters) => latinScore(text, letters)))
}

function latinScore(text: string, letters: string): number {
  let sum = 0
  let count = 0
  for (const [word] of text.matchAll(/[A-Za-z\u0080-\uffff]+/g)) {
    let run = 0
    for (const [i, letter] of Array.from(word).entries()) {
      if (letter < '\u0080') {
        run = 0
        continue
      }
      count++
      run++
      const small = letter.toLowerCase()
      const next = word[i + 1] ?? ''
      const nasal = letter === 'ã' || letter === 'õ'
      if (!letters.includes(small)) sum += SYMBOLS.has(letter) ? 0.2 : -1.5
      else if (run > 2 || (nasal && !/^[oeisç]?$/.test(next)) || isRaised(word, i)) sum -= 1
      // A letter alone is rather a sign, and few Portuguese words end so.
      else sum += word.length === 1 ? 0 : nasal && next === '' ? 0.3 : 0.6
    }
  }
  return count === 0 ? 0 : sum / count
}

/** A capital inside a word of small letters: a sign of a wrong page. */
function isRaised(word: string, at: number): boolean {
  const letter = word[at] ?? ''
  const before = word[at - 1] ?? ''
  return at > 0 && letter !== letter.toLowerCase() && /\p{Ll}/u.test(before)
}

const SYMBOLS: ReadonlySet<string> = new Set('€£\u00a0«»“”„’‘–—…°·№₽§')

/** Languages of letters of their own: the more usual, the farther in front. */
const RUSSIAN = 'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё'
const GREEK = 'αοιετσνηυρπκμλςωγδχθφβξζψ'

function ownLetters(order: string, wrongEnd: RegExp | null): (text: string) => number {
  return (text) => {
    let sum = 0
    let count = 0
    for (const [word] of text.matchAll(/[A-Za-z\u0080-\uffff]+/g)) {
      const mixed = /[A-Za-z]/.test(word)
      for (const [i, letter] of Array.from(word).entries()) {
        if (letter < '\u0080') continue
        count++
        const plain = order.includes(letter.toLowerCase())
          ? letter.toLowerCase()
          : letter.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
        const rank = order.indexOf(plain)
        if (rank === -1) sum += SYMBOLS.has(letter) ? 0.2 : -1.5
        else if (mixed || isRaised(word, i)) sum -= 1
        // A letter alone is rather a sign.
        else if (word.length > 1) sum += 1 - (rank / order.length) * 1.4
      }
      if (wrongEnd?.test(word) === true) sum -= 2
    }
    return count === 0 ? 0 : sum / count
  }
}

/** The most usual of Chinese, in both scripts, and what shops and tables say. */
const USUAL: ReadonlySet<string> = new Set(
  '的一是不了在人有我他这中大来上个国和到说们为子要就时以可下生会自着去之过家学对里后小多天能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏块买卖购订支付款退货客户浏览查询注册登录点击价格额类型编号间态优惠券渠道页面搜索添加车评价' +
    '這來個國說們為時會著過學對裡後還發從動兩長樣現將與進實點種聲話問機給幾業間電門東氣關並內產萬體別處總場師書員華報馬張難數應車親務記邊風戰許覺題請愛讓認論義結連遠隊帶條變聯權該領傳紅決達辦運強區眾轉輕語滿識極錢黨買賣購訂單據視離價類編號態優頁搜尋登錄點擊瀏覽詢註冊額退貨客戶',
)

function hanzi(text: string): number {
  let sum = 0
  let count = 0
  for (const letter of text) {
    if (letter < '\u0080') continue
    count++
    if (USUAL.has(letter)) sum += 1
    else if (letter === '\ufffd') sum -= 3
    else if (/[\u3000-\u303f\uff00-\uffef·—“”‘’…]/.test(letter)) sum += 0.3
    else if (/[\u4e00-\u9fff]/.test(letter)) sum -= 0.1
    else sum -= 1.5
  }
  return count === 0 ? 0 : sum / count
}

/** In the order in which equals are taken. */
const PAGES: readonly {
  readonly encoding: Encoding
  readonly score: (text: string) => number
}[] = [
  { encoding: 'windows-1252', score: latin(WESTERN) },
  { encoding: 'windows-1250', score: latin(CENTRAL) },
  { encoding: 'windows-1251', score: ownLetters(RUSSIAN, null) },
  // ς stands at the end of words only.
  { encoding: 'windows-1253', score: ownLetters(GREEK, /ς[^\s\p{P}]/u) },
  { encoding: 'gb18030', score: hanzi },
  { encoding: 'big5', score: hanzi },
  { encoding: 'koi8-r', score: ownLetters(RUSSIAN, null) },
  { encoding: 'ibm866', score: ownLetters(RUSSIAN, null) },
]
