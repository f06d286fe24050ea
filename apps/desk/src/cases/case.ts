import type { Content, Line, Office, Side } from '../record/events.ts'

/** What is known of both sides, each by itself. */
type Sides<T> = Readonly<Partial<Record<Side, T>>>

interface Channel {
  readonly channel: Content<'channel.proposed'>['channel']
  readonly detail?: string | undefined
  /** Whose proposal it was. */
  readonly by: Side
  readonly at: Date
}

/** POC-35: who agreed, when, to what being shared with whom. */
interface Consent extends Content<'consent.given'> {
  /** The line that holds it. */
  readonly n: number
}

/** One inquiry with all that became of it, as the record tells it. */
export interface Case {
  readonly id: string
  /** Who began it. */
  readonly side: Side
  readonly title: string
  readonly counterpart: Office
  readonly nature: Content<'case.opened'>['nature']
  readonly exercise?: string | undefined
  readonly thread?: string | undefined
  readonly reference?: string | undefined
  readonly ownReference?: string | undefined
  readonly theirReference?: string | undefined
  readonly purpose?: string | undefined
  readonly significance?: string | undefined
  readonly openedAt: Date
  readonly lastAt: Date
  readonly isOpen: boolean
  readonly acknowledged: Sides<Date>
  readonly answered: Sides<{ readonly answer: Content<'case.answered'>['answer']; readonly at: Date }>
  readonly estimated: Sides<{ readonly until: Date; readonly at: Date }>
  /** Time sensitivity as each side said it, and when its hours end. */
  readonly timed: Sides<{ readonly hours: number; readonly until: Date; readonly at: Date }>
  /** The agency that leads, on each side. */
  readonly leads: Sides<string>
  /** POC-29: agreed only where the other side than the one that proposed it agreed. */
  readonly proposedChannel?: Channel | undefined
  readonly agreedChannel?: (Channel & { readonly agreedAt: Date }) | undefined
  /** They wrote that they expect nothing more, and nothing was exchanged since. */
  readonly theirClosing?: Date | undefined
  /** Those that stand: a consent that was withdrawn is none. */
  readonly consents: readonly Consent[]
  readonly handedOver: readonly { readonly to: Office; readonly at: Date }[]
  readonly takenOverFrom?: Office | undefined
  /** POC-22: never in what is handed out. */
  readonly escalated: readonly { readonly office: string; readonly at: Date }[]
  readonly lines: readonly Line[]
}
