# Two stages: build a static binary, then ship it alone.
#
#   docker build -t frontdesk .
#   docker run -p 8080:8080 -p 127.0.0.1:8083:8083 -v ./articles:/knowledge -v frontdesk:/data \
#     -e FRONTDESK_TELEGRAM_TOKEN=… frontdesk
#
# Staff's page on port 8083 needs the token that the first start puts in /data/console.token. With articles mounted
# read-only (:ro) nothing can be changed there; otherwise they must be writable for user 65532.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /frontdesk ./cmd/frontdesk \
 && mkdir -p /empty/knowledge /empty/data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /frontdesk /frontdesk
COPY --from=build --chown=65532:65532 /empty/ /
ENV FRONTDESK_KNOWLEDGE=/knowledge \
    FRONTDESK_DATA=/data \
    FRONTDESK_HEALTH_ADDR=127.0.0.1:8081 \
    FRONTDESK_WEB_ADDR=:8080 \
    FRONTDESK_CONSOLE_ADDR=:8083
EXPOSE 8080 8083
VOLUME ["/knowledge", "/data"]
USER 65532:65532
HEALTHCHECK --interval=30s --timeout=6s --start-period=20s CMD ["/frontdesk", "health"]
ENTRYPOINT ["/frontdesk"]
CMD ["serve"]
