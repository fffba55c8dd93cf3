// Runs a built mini-program in plain Node: App and Page are caught, setData is stored, events are sent as a phone does.
import fs from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'

const first = 'pages/screen/index'

/** A node of the tree that a page's template draws. Taro shortens the names of the properties: v is text, cl the class. */
export interface ViewNode {
  v?: string
  cl?: string
  uid?: string
  sid?: string
  cn?: Record<string, ViewNode>
  [property: string]: unknown
}

/** A touch as the platforms report it on a canvas. */
export interface SimTouch {
  identifier: number
  x: number
  y: number
}

export interface SimPage {
  route: string
  options: Record<string, string>
  data: { root?: ViewNode }
  setData(patch: Record<string, unknown>, done?: () => void): void
  onLoad?(options: Record<string, string>): void
  onShow?(): void
  onHide?(): void
  onReady?(): void
  onUnload?(): void
  /** Taro's event handler. */
  eh(event: Record<string, unknown>): void
}

interface AppConfig {
  onLaunch?(options: { path: string; query: Record<string, string> }): void
}

interface NavigationOptions {
  url?: string
  delta?: number
  success?: (result: { errMsg: string }) => void
  complete?: (result: { errMsg: string }) => void
}

/**
 * Loads the bundle in `root` and opens it at an address. The platform's API is the global object `name`. Returns the
 * page stack.
 */
export function load(root: string, name: string, api: Record<string, unknown>, address = first): SimPage[] {
  const pages = new Map<string, Partial<SimPage>>()
  const stack: SimPage[] = []
  let app: AppConfig | undefined
  let loading = first
  const globals: Record<string, unknown> = {
    [name]: api,
    console,
    setTimeout,
    clearTimeout,
    setInterval,
    clearInterval,
    Promise,
    navigator: { userAgent: 'AlipayClient/10.5' },
    App: (config: AppConfig) => {
      app = config
    },
    Page: (config: Partial<SimPage>) => pages.set(loading, config),
    Component: (config: Partial<SimPage>) => {
      if (!pages.has(loading)) pages.set(loading, config)
    },
    Behavior: (config: unknown) => config,
    getApp: () => app,
    getCurrentPages: () => stack,
  }
  globals.global = globals
  globals.globalThis = undefined
  const require = createRequire(vm.createContext(globals))

  const make = (url: string): SimPage => {
    const [route = '', query = ''] = url.replace(/^\//, '').split('?')
    loading = route
    require(path.join(root, `${route}.js`))
    const config = pages.get(route)
    const pairs = query.split('&').filter(Boolean)
    return Object.assign(Object.create(config ?? null), {
      route,
      options: Object.fromEntries(pairs.map((pair) => pair.split('='))),
      data: structuredClone(config?.data ?? {}),
      setData(this: SimPage, patch: Record<string, unknown>, done?: () => void) {
        for (const [key, value] of Object.entries(patch)) put(this.data, key, value)
        if (done) setTimeout(done, 0)
      },
    }) as SimPage
  }
  const enter = (page: SimPage) => {
    stack.push(page)
    page.onLoad?.(page.options)
    page.onShow?.()
    page.onReady?.()
  }
  const leave = () => stack.pop()?.onUnload?.()
  Object.assign(
    api,
    navigationOf({
      navigateTo: ({ url = '' }) => {
        stack.at(-1)?.onHide?.()
        enter(make(url))
      },
      redirectTo: ({ url = '' }) => {
        leave()
        enter(make(url))
      },
      reLaunch: ({ url = '' }) => {
        while (stack.length) leave()
        enter(make(url))
      },
      navigateBack: ({ delta = 1 }) => {
        for (let i = 0; i < delta; i++) leave()
        stack.at(-1)?.onShow?.()
      },
    }),
  )
  require(path.join(root, 'app.js'))
  app?.onLaunch?.({ path: first, query: {} })
  enter(make(address))
  return stack
}

/** Returns a function that loads modules of a bundle into a context, each once. */
function createRequire(context: vm.Context): (file: string) => unknown {
  const modules = new Map<string, { exports: unknown }>()
  const require = (file: string): unknown => {
    const full = path.extname(file) === '.js' ? file : `${file}.js`
    const loaded = modules.get(full)
    if (loaded) return loaded.exports
    const module = { exports: {} as unknown }
    modules.set(full, module)
    const source = `(function(require,module,exports){${fs.readFileSync(full, 'utf8')}\n})`
    const run = vm.runInContext(source, context, { filename: full }) as (...args: unknown[]) => void
    run((wanted: string) => require(path.resolve(path.dirname(full), wanted)), module, module.exports)
    return module.exports
  }
  return require
}

/**
 * Returns navigation functions that take some time, as on a phone. No platform documents what a second navigation does
 * in the meantime, so it ends the run.
 */
function navigationOf(moves: Record<string, (options: NavigationOptions) => void>): Record<string, unknown> {
  let running: string | undefined
  const start =
    (name: string, move: (options: NavigationOptions) => void) =>
    (options: NavigationOptions = {}) => {
      const before = running
      if (before)
        setTimeout(() => {
          throw new Error(`${name} ${options.url ?? ''} during ${before}`)
        }, 0)
      running = `${name} ${options.url ?? ''}`
      setTimeout(() => {
        running = undefined
        move(options)
        options.success?.({ errMsg: 'ok' })
        options.complete?.({ errMsg: 'ok' })
      }, 20)
    }
  return Object.fromEntries(Object.entries(moves).map(([name, move]) => [name, start(name, move)]))
}

/** Sets a value at a path like "root.cn.[0].v", as setData does. */
function put(target: object, key: string, value: unknown): void {
  const steps = key.replace(/\[(\d+)\]/g, '$1').split('.')
  const last = steps.pop() ?? ''
  let at = target as Record<string, unknown>
  for (const step of steps) {
    at[step] ??= {}
    at = at[step] as Record<string, unknown>
  }
  at[last] = value
}
