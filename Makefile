.DEFAULT_GOAL := help
.PHONY: console spider erase tamper release reproduce upgrade restore scale help run test graph matrix invariants mutants check house bench fuzz crash cluster brownout golden screens e2e-all build image first-hour alerts capacity

IMAGE ?= renzheng/bff:dev

help: ## show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## the real server against simulated third parties; prints its addresses
	@scripts/run.sh

test: ## all tests: server on SQLite and MariaDB, client in a browser (PKG=./identity/... for some)
	@scripts/test.sh $(PKG)

graph: ## look for dead ends, in the product as it is and broken on purpose
	@scripts/graph.sh

matrix: ## every call as every caller that may not see a resource: as if it did not exist
	@scripts/matrix.sh

invariants: ## calls in any order on two replicas (SEQUENCES=10000, SEED=n repeats a run)
	@scripts/invariants.sh

mutants: ## break the rules on purpose; at least 90 % must fail a test (PKG="todo keyring" for some)
	@scripts/mutants.sh $(PKG)

check: ## format, vet, lint, go.mod, generated files, what the binary links
	@scripts/check.sh

alerts: ## every alert fires in a scene that causes it, and none on an ordinary day; tries the runbooks
	@scripts/alerts.sh

house: ## how readable the code is; a mirror, not a gate (DIR=../other measures another work tree)
	@scripts/house.sh $(if $(DIR),-C "$(DIR)")

bench: ## ratios to bare handlers on both engines
	@scripts/bench.sh

capacity: ## what one verification, push, list and confirmation cost, and what loads of a year need
	@scripts/capacity.sh

fuzz: ## every fuzz target (FUZZTIME=30s each)
	@scripts/fuzz.sh

crash: ## SIGKILL under load (KILLS=100); shows what was lost or doubled
	@scripts/crash.sh

brownout: ## third parties slow, silent and broken under load; shows what the rest keeps
	@scripts/brownout.sh

cluster: ## two servers, three Galera nodes, all of them killed in turn (ROUNDS=4)
	@scripts/cluster.sh

restore: ## the database lost under load and recovered from a backup, on both engines; shows what was lost and accepted again
	@scripts/restore.sh

upgrade: ## two servers of the last release become this version and back under load (ROLLS=20)
	@scripts/upgrade.sh

tamper: ## rows are changed at random in the database; shows how many changes were noticed
	@scripts/tamper.sh

erase: ## persons are erased while others sign (PERSONS=1000); searches every file for what is left of them
	@scripts/erase.sh

scale: ## the server on databases of up to ten million todos (SIZES=100000,1000000,10000000)
	@scripts/scale.sh

spider: ## the store's tests on a database whose rows are spread over three servers
	@scripts/spider.sh

golden: ## rewrite openapi.yaml, configuration.md, failures.md, privacy.md, processing.md and the samples of registry.md and the API under docs
	@scripts/golden.sh write

screens: ## a picture of every screen of the client into docs/screens
	@scripts/miniapp.sh screens

e2e-all: ## every story of the web client in every look, and a table of them (LOOKS="dark keyboard" for some)
	@scripts/miniapp.sh e2e --all $(LOOKS)

console: ## a real browser and axe look at every page of the console (LOOK=screens for pictures into docs/screens/console)
	@scripts/console.sh $(LOOK)

first-hour: ## what a newcomer waits for, in a fresh clone with empty caches
	@scripts/first-hour.sh

build: ## the programs into bin, static: bff, sandbox, loadtest, registry-check
	@scripts/build.sh

image: ## container images of the server and of its tools (IMAGE=renzheng/bff:dev)
	docker build --build-arg VERSION=$$(git describe --tags --always --dirty) -t $(IMAGE) .
	docker build --build-arg VERSION=$$(git describe --tags --always --dirty) --target tools -t $(subst /bff,/bff-tools,$(IMAGE)) .

release: ## programs, packages, list of contents and digests of VERSION=1.2.0, in dist/
	@scripts/release.sh $(VERSION)

reproduce: ## build a release twice, in other folders, and compare every file
	@scripts/reproduce.sh $(VERSION)
