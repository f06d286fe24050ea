import { expect, test } from 'vitest'
import { openMetrics } from './metrics.ts'

test('what is counted is written as Prometheus reads it', () => {
  const metrics = openMetrics()
  metrics.request({ method: 'GET', route: '/:locale/entries/:entry', status: 200 }, 30)
  metrics.request({ method: 'GET', route: '/:locale/entries/:entry', status: 200 }, 3000)
  metrics.request({ method: 'BREW', route: 'a "quoted" \\ pattern', status: 405 }, 1)
  metrics.refusal('web/not-found')
  metrics.dutyRun('seal', 'failed')
  const lines = metrics.text({ parley_deliveries_waiting: { help: 'Waiting.', value: 7 } }).split('\n')
  expect(lines).toEqual(
    expect.arrayContaining([
      '# TYPE parley_requests_total counter',
      'parley_requests_total{method="GET",route="/:locale/entries/:entry",status="200"} 2',
      'parley_requests_total{method="other",route="a \\"quoted\\" \\\\ pattern",status="405"} 1',
      'parley_refusals_total{code="web/not-found"} 1',
      'parley_duty_runs_total{duty="seal",outcome="failed"} 1',
      'parley_request_seconds_bucket{route="/:locale/entries/:entry",le="0.05"} 1',
      'parley_request_seconds_bucket{route="/:locale/entries/:entry",le="+Inf"} 2',
      'parley_request_seconds_sum{route="/:locale/entries/:entry"} 3.03',
      'parley_deliveries_waiting 7',
    ]),
  )
})
