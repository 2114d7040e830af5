# Two stages: build a static binary, then ship it alone.
#
#   docker build -t frontdesk .
#   docker run -p 8080:8080 -v ./articles:/knowledge:ro -v frontdesk:/data -e FRONTDESK_TELEGRAM_TOKEN=… frontdesk
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
    FRONTDESK_WEB_ADDR=:8080
EXPOSE 8080
VOLUME ["/knowledge", "/data"]
USER 65532:65532
HEALTHCHECK --interval=30s --timeout=6s --start-period=20s CMD ["/frontdesk", "health"]
ENTRYPOINT ["/frontdesk"]
CMD ["serve"]
