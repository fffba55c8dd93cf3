// A phone that reports nothing about itself and stores nothing: optional values are absent, and storage throws.
const closed = () => {
  throw new Error('storage is not available')
}

export const bare = {
  getSystemInfoSync: () => ({ platform: null, system: null, language: null, pixelRatio: null }),
  getAppBaseInfo: undefined,
  getStorageSync: closed,
  setStorageSync: closed,
  removeStorageSync: closed,
  env: undefined,
}
