import { StringDecoder } from 'node:string_decoder'
import { SaxesParser, type SaxesTagPlain } from 'saxes'

/** Elements stand in each other so deep at most: made to exhaust a reader is what goes deeper. */
export const XML_DEPTH_LIMIT = 200

export interface XmlHearer {
  /** @param name without its namespace's prefix */
  readonly open: (name: string, attributes: SaxesTagPlain['attributes']) => void
  readonly text?: (text: string) => void
  readonly close?: (name: string) => void
}

/** Takes XML text piece by piece. What is wrong in it is thrown as an Error; entities of its own are not expanded. */
export class XmlEvents {
  readonly #parser = new SaxesParser()
  readonly #decoder = new StringDecoder('utf8')
  #depth = 0

  constructor({ open, text, close }: XmlHearer) {
    this.#parser.on('opentag', ({ name, attributes }) => {
      if (++this.#depth > XML_DEPTH_LIMIT) {
        throw new Error(`elements stand in each other more than ${XML_DEPTH_LIMIT} deep`)
      }
      open(bare(name), attributes)
    })
    this.#parser.on('closetag', ({ name }) => {
      this.#depth--
      close?.(bare(name))
    })
    if (text !== undefined) {
      this.#parser.on('text', text)
      this.#parser.on('cdata', text)
    }
    this.#parser.on('error', (error) => {
      throw error
    })
  }

  get line(): number {
    return this.#parser.line
  }

  push(piece: Buffer): void {
    this.#parser.write(this.#decoder.write(piece))
  }

  end(): void {
    this.#parser.write(this.#decoder.end())
    this.#parser.close()
  }
}

function bare(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
