// Runs a built mini-program in plain node: App and Page are caught, setData is kept, events are sent as a phone does.
import fs from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'

const first = 'pages/screen/index'

/** Loads the bundle in `root` with the platform's global object under its name, opens it at an address, and gives its page stack. */
export function load(root, name, api, address = first) {
  const configs = new Map()
  const stack = []
  let app
  let loading = first
  const modules = new Map()
  const globals = {
    [name]: api,
    console,
    setTimeout,
    clearTimeout,
    setInterval,
    clearInterval,
    Promise,
    navigator: { userAgent: 'AlipayClient/10.5' },
    App: (config) => {
      app = config
    },
    Page: (config) => configs.set(loading, config),
    Component: (config) => {
      if (!configs.has(loading)) configs.set(loading, config)
    },
    Behavior: (config) => config,
    getApp: () => app,
    getCurrentPages: () => stack,
  }
  globals.global = globals
  globals.globalThis = undefined
  const context = vm.createContext(globals)
  const require = (file) => {
    const full = path.extname(file) === '.js' ? file : `${file}.js`
    const known = modules.get(full)
    if (known) return known.exports
    const module = { exports: {} }
    modules.set(full, module)
    const wrapped = vm.runInContext(`(function(require,module,exports){${fs.readFileSync(full, 'utf8')}\n})`, context, {
      filename: full,
    })
    wrapped((wanted) => require(path.resolve(path.dirname(full), wanted)), module, module.exports)
    return module.exports
  }

  const make = (url) => {
    const [route, query = ''] = url.replace(/^\//, '').split('?')
    loading = route
    require(path.join(root, `${route}.js`))
    const config = configs.get(route)
    const options = Object.fromEntries(
      query
        .split('&')
        .filter(Boolean)
        .map((pair) => pair.split('=')),
    )
    const data = structuredClone(config.data ?? {})
    return Object.assign(Object.create(config), {
      route,
      options,
      data,
      setData(patch, done) {
        for (const [key, value] of Object.entries(patch)) put(this.data, key, value)
        if (done) setTimeout(done, 0)
      },
    })
  }
  const enter = (page) => {
    stack.push(page)
    page.onLoad?.(page.options)
    page.onShow?.()
    page.onReady?.()
  }
  const leave = () => stack.pop()?.onUnload?.()
  const tell = (options) => {
    options.success?.({ errMsg: 'ok' })
    options.complete?.({ errMsg: 'ok' })
  }
  // Takes a while, as on a phone. What a second navigation does meanwhile is documented by no platform: it ends the play.
  let underWay
  const later =
    (name, move) =>
    (options = {}) => {
      const before = underWay
      if (before)
        setTimeout(() => {
          throw new Error(`${name} ${options.url ?? ''} during ${before}`)
        }, 0)
      underWay = `${name} ${options.url ?? ''}`
      setTimeout(() => {
        underWay = undefined
        move(options)
        tell(options)
      }, 20)
    }
  Object.assign(api, {
    navigateTo: later('navigateTo', ({ url }) => {
      stack.at(-1)?.onHide?.()
      enter(make(url))
    }),
    redirectTo: later('redirectTo', ({ url }) => {
      leave()
      enter(make(url))
    }),
    reLaunch: later('reLaunch', ({ url }) => {
      while (stack.length) leave()
      enter(make(url))
    }),
    navigateBack: later('navigateBack', ({ delta = 1 }) => {
      for (let i = 0; i < delta; i++) leave()
      stack.at(-1)?.onShow?.()
    }),
  })
  require(path.join(root, 'app.js'))
  app.onLaunch?.({ path: first, query: {} })
  enter(make(address))
  return stack
}

/** Writes "root.cn.[0].v" as setData means it. */
function put(target, key, value) {
  const steps = key.replace(/\[(\d+)\]/g, '$1').split('.')
  const last = steps.pop()
  let at = target
  for (const step of steps) at = at[step] ??= {}
  at[last] = value
}
