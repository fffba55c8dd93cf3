# One static binary in an otherwise empty image. Builds with: make image
# The digest is that of the index of all platforms: docker buildx imagetools inspect golang:1.26.8-bookworm
FROM golang:1.26.8-bookworm@sha256:a688600ca24f8a4d3ca77f95b0dd40704a9fc787c826660eb7ba0b641b8b175d AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
# nomsgpack leaves out an encoding of Gin that nobody asks for, and 6 MB with it.
ARG VERSION=
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-s -w -X main.release=$VERSION" -tags nomsgpack -o /out/bff ./cmd/bff
RUN mkdir -m 0700 /out/data /out/state /out/backups

# The same program beside the client programs of MariaDB, which bff backup and bff recover run. Build with --target tools.
# The digest is that of the index of all platforms: docker buildx imagetools inspect mariadb:11.4.12
FROM mariadb:11.4.12@sha256:b822597b1c5225aa3b891b1b16cd5ef666b3b419614730fd19a7f4056bc3f776 AS tools
COPY --from=build /usr/local/go/lib/time/zoneinfo.zip /zoneinfo.zip
ENV ZONEINFO=/zoneinfo.zip
COPY --from=build /out/bff /bff
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build --chown=65532:65532 /out/state /state
COPY --from=build --chown=65532:65532 /out/backups /backups
USER 65532:65532
ENTRYPOINT ["/bff"]
CMD ["help", "backup"]

FROM scratch
# Roots for the third parties' TLS, and time zones for what is shown in Beijing time.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /usr/local/go/lib/time/zoneinfo.zip /zoneinfo.zip
ENV ZONEINFO=/zoneinfo.zip
COPY --from=build /out/bff /bff
# The embedded database lives here unless BFF_DATABASE names a server; mount a volume to keep it.
COPY --from=build --chown=65532:65532 /out/data /data
# What the server must remember outside its database (BFF_STATE_DIR); mount a volume of its own.
COPY --from=build --chown=65532:65532 /out/state /state
USER 65532:65532
EXPOSE 8080 8070
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s CMD ["/bff", "healthcheck"]
ENTRYPOINT ["/bff"]
CMD ["serve"]
