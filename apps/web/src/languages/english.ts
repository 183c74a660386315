import type customers from '../customers/words/en.json'
import type feedback from '../feedback/words/en.json'
import type imports from '../imports/words/en.json'
import type lists from '../lists/words/en.json'
import type livingMap from '../living-map/words/en.json'
import type maps from '../maps/words/en.json'
import type names from '../names/words/en.json'
import type numbers from '../numbers/words/en.json'
import type periods from '../periods/words/en.json'
import type refusals from '../refusals/words/en.json'
import type segments from '../segments/words/en.json'
import type sentences from '../sentences/words/en.json'
import type shell from '../shell/words/en.json'
import type signIn from '../sign-in/words/en.json'
import type studio from '../studio/words/en.json'
import type touchpoints from '../touchpoints/words/en.json'
import type ui from '../ui/words/en.json'
import type workspaces from '../workspaces/words/en.json'

/** The catalogue of each noun, as English has it: what is not here cannot be said. A new noun is one line. */
interface Catalogues {
  readonly customers: typeof customers
  readonly feedback: typeof feedback
  readonly imports: typeof imports
  readonly lists: typeof lists
  readonly 'living-map': typeof livingMap
  readonly maps: typeof maps
  readonly names: typeof names
  readonly numbers: typeof numbers
  readonly periods: typeof periods
  readonly refusals: typeof refusals
  readonly segments: typeof segments
  readonly sentences: typeof sentences
  readonly shell: typeof shell
  readonly 'sign-in': typeof signIn
  readonly studio: typeof studio
  readonly touchpoints: typeof touchpoints
  readonly ui: typeof ui
  readonly workspaces: typeof workspaces
}

export type Noun = keyof Catalogues

type Both<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void
  ? I
  : never

/** All of them together: a key begins with its group, `customers.search`. */
type English = Both<Catalogues[Noun]>

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: English }
    returnNull: false
  }
}
