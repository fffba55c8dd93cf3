import { useSyncExternalStore } from 'react'

/** Reports whether the screen is taller than wide, and updates when it is rotated. */
export function useUpright(): boolean {
  return useSyncExternalStore(subscribe, isUpright)
}

function isUpright(): boolean {
  return window.innerHeight > window.innerWidth
}

function subscribe(onResize: () => void): () => void {
  window.addEventListener('resize', onResize)
  return () => window.removeEventListener('resize', onResize)
}
