import { defineText } from '@parley/web'
import ar from './ar.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }

export const text = defineText({ ar, en })
