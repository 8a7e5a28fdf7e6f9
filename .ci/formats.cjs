// Reads the exports of a built site with other people's programs, each of which
// reads one format. Prints a line for each mistake that they find, and exits with
// status 1 if there are any:
//
//	NODE_PATH=node_modules node formats.cjs SITE
//
// The site needs a base URL.
'use strict'
const fs = require('fs')
const os = require('os')
const path = require('path')

const cheerio = require('cheerio')
const linkset = require('@drupal/linkset')
const {Package} = require('datapackage')
const {parseAll} = require('html-metadata')
const {parseSitemap} = require('sitemap')
const ts = require('typescript')
const {Validator} = require('ro-crate/lib/validator')

const site = path.resolve(process.argv[2])
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'formats-'))
const text = name => fs.readFileSync(path.join(site, name), 'utf8')
const json = name => JSON.parse(text(name))
const has = name => fs.existsSync(path.join(site, name))

// The pages of case studies with a citation, by their path below the site.
const cases = fs.readdirSync(path.join(site, 'cases'))
  .map(id => `cases/${id}/`).filter(page => has(page + 'citation.json'))
const reports = new Map(cases.map(page => [page, cheerio.load(text(page + 'index.html'))]))

// Each format has a function that returns the mistakes, or throws the first one.
const formats = {
  // The library of Frictionless Data reads the description, and checks each table with it.
  async 'data/datapackage.json'(name) {
    const described = json(name)
    for (const {path: table} of described.resources) {
      // A byte order mark tells spreadsheets that a file is UTF-8. This library does not accept it.
      fs.writeFileSync(path.join(work, table), text('data/' + table).replace(/^\ufeff/, ''))
    }
    const read = await Package.load(described, {basePath: work})
    const wrong = [...read.errors]
    for (const resource of read.resources) {
      await resource.read().catch(error => wrong.push(...(error.errors?.length ? error.errors : [error])))
    }
    const known = new Set(described.resources.map(one => one.path))
    return wrong.concat(fs.readdirSync(path.join(site, 'data')).filter(file => file.endsWith('.csv') && !known.has(file)).map(file => `${file} is not described`))
  },

  // The validator of the RO-Crate library, without the step that fetches the context. The
  // library contains the context of version 1.2, which includes that of 1.1.
  async 'ro-crate-metadata.json'(name) {
    const validator = new Validator()
    validator.parseJSON(text(name).replaceAll('ro/crate/1.1', 'ro/crate/1.2'))
    validator.rootDataEntity()
    validator.checkFiles(Object.fromEntries(validator.crate.graph.map(entity => entity['@id']).filter(has).map(id => [id, {exists: true}])))
    return validator.results.filter(result => result.status === 'error').map(result => `${result.entity ?? ''} ${result.message}`)
  },

  // Reads each page of a case study as a reference manager does, and expects a report.
  async 'cases/'() {
    const wrong = []
    for (const [page, html] of reports) {
      const {highwirePress: read = {}} = await parseAll(html)
      const [cited] = json(page + 'citation.json')
      const authors = (cited.author ?? []).map(a => a.literal ? a.literal.replace(/,\s*/g, ' ') + ',' : [a.family, a.given].filter(Boolean).join(', '))
      const want = {title: cited.title, technical_report_institution: cited.publisher, public_url: cited.URL, author: authors}
      for (const [field, value] of Object.entries(want)) {
        const got = Array.isArray(value) ? [].concat(read[field] ?? []) : read[field]
        if (JSON.stringify(got) !== JSON.stringify(value)) {
          wrong.push(`${page}: ${field} is read as ${JSON.stringify(got)}, not ${JSON.stringify(value)}`)
        }
      }
    }
    return cases.length ? wrong : ['no case study can be cited']
  },

  // Checks the JSON-LD of each case study with the types of schema.org, and the manifest with
  // those of the W3C.
  async 'schema.org and site.webmanifest'() {
    const values = [...reports].map(([page, html]) => [page, 'WithContext<Report>', html('script[type="application/ld+json"]').text()])
    values.push(['site.webmanifest', 'WebAppManifest', text('site.webmanifest')])
    const source = "import type {Report, WithContext} from 'schema-dts'\nimport type {WebAppManifest} from 'web-app-manifest'\n" +
      values.map(([, type, value], i) => `export const value${i}: ${type} = ${JSON.stringify(JSON.parse(value))}\n`).join('')
    return typeErrors(source).map(([line, message]) => `${values[line - 2]?.[0]}: ${message}`)
  },

  async 'linkset.json'(name) {
    const links = linkset.parse(text(name))
    const wrong = []
    for (const [page, html] of reports) {
      const address = html('link[rel=canonical]').attr('href')
      for (const relation of ['cite-as', 'type', 'describedby', 'collection']) {
        if (!links.linksFrom(address).hasLinkTo(relation)) wrong.push(`${page} has no link "${relation}"`)
      }
    }
    return wrong
  },

  // The library refuses elements that the protocol of sitemaps does not have.
  async 'sitemap.xml'(name) {
    const listed = await parseSitemap(fs.createReadStream(path.join(site, name)))
    const addresses = new Set(listed.map(entry => entry.url))
    return [...reports].filter(([, html]) => !addresses.has(html('link[rel=canonical]').attr('href'))).map(([page]) => `${page} is not listed`)
  },
}

// typeErrors checks a TypeScript source. It returns the line, from 0, and the
// message of each error.
function typeErrors(source) {
  const name = path.join(process.env.NODE_PATH, '..', 'formats.ts')
  const options = {noEmit: true, strict: true, skipLibCheck: true, types: [], module: ts.ModuleKind.NodeNext}
  const host = ts.createCompilerHost(options)
  const {getSourceFile, fileExists} = host
  host.getSourceFile = (file, ...rest) => file === name ? ts.createSourceFile(file, source, ts.ScriptTarget.ESNext) : getSourceFile(file, ...rest)
  host.fileExists = file => file === name || fileExists(file)
  return ts.getPreEmitDiagnostics(ts.createProgram([name], options, host)).map(error => [
    error.file?.fileName === name ? error.file.getLineAndCharacterOfPosition(error.start).line : -1,
    ts.flattenDiagnosticMessageText(error.messageText, ' '),
  ])
}

async function main() {
  for (const [name, mistakes] of Object.entries(formats)) {
    const found = await mistakes(name).catch(error => [error])
    for (const one of found) {
      console.log(`${name}: ${one.message ?? one}`)
      process.exitCode = 1
    }
  }
  fs.rmSync(work, {recursive: true})
}

main()
