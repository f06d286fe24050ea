import { defineConfig } from 'vitest/config'
import { testParts } from './scripts/parts.ts'

export default defineConfig({
  test: {
    // For what hangs, not for what is slow: where others have the machine, everything takes many times as long.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    projects: testParts.map((part, position) => ({
      extends: true,
      test: {
        name: part.project,
        include: [...part.include],
        exclude: [...part.exclude],
        maxWorkers: part.workers,
        env: part.env ?? {},
        globalSetup: part.globalSetup ?? [],
        // One part after the other, also when somebody runs them all at once.
        sequence: { groupOrder: position },
      },
    })),
  },
})
