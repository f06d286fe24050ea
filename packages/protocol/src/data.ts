// Every data file, one line each: the folders and these lists are held against each other by a test.
import answer from './data/codes/answer.json' with { type: 'json' }
import channels from './data/codes/channel.json' with { type: 'json' }
import channelStep from './data/codes/channel-step.json' with { type: 'json' }
import impactScope from './data/codes/impact-scope.json' with { type: 'json' }
import incidentClass from './data/codes/incident-class.json' with { type: 'json' }
import practiceStage from './data/codes/practice-stage.json' with { type: 'json' }
import purpose from './data/codes/purpose.json' with { type: 'json' }
import requestType from './data/codes/request-type.json' with { type: 'json' }
import responseStage from './data/codes/response-stage.json' with { type: 'json' }
import sector from './data/codes/sector.json' with { type: 'json' }
import significance from './data/codes/significance.json' with { type: 'json' }
import acknowledgement from './data/templates/acknowledgement.json' with { type: 'json' }
import callUs from './data/templates/call-us.json' with { type: 'json' }
import channel from './data/templates/channel.json' with { type: 'json' }
import clarification from './data/templates/clarification.json' with { type: 'json' }
import closing from './data/templates/closing.json' with { type: 'json' }
import inquiry from './data/templates/inquiry.json' with { type: 'json' }
import lesson from './data/templates/lesson.json' with { type: 'json' }
import notification from './data/templates/notification.json' with { type: 'json' }
import offer from './data/templates/offer.json' with { type: 'json' }
import response from './data/templates/response.json' with { type: 'json' }
import update from './data/templates/update.json' with { type: 'json' }
import type { CodeListFile, TemplateFile } from './shapes.ts'

export const codeListFiles: readonly CodeListFile[] = [
  purpose,
  significance,
  incidentClass,
  sector,
  impactScope,
  responseStage,
  practiceStage,
  requestType,
  channels,
  answer,
  channelStep,
]

/** In the order in which they are offered. */
export const templateFiles: readonly TemplateFile[] = [
  inquiry,
  callUs,
  notification,
  offer,
  acknowledgement,
  response,
  update,
  clarification,
  channel,
  lesson,
  closing,
]
