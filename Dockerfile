# The image holds what `npm pack` packs, and Node. Both stages have the libc of Debian 12.
FROM node:20-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN mkdir -p /out/app /out/data \
  && npm pack --pack-destination /tmp \
  && tar -xzf /tmp/seshdeck-*.tgz -C /out/app --strip-components=1

FROM gcr.io/distroless/nodejs20-debian12:nonroot
COPY --from=build /out/app /app
COPY --from=build --chown=65532:65532 /out/data /data
# Reachable from outside, so a start without SESHDECK_INSPECT_KEY_FILE or SESHDECK_NO_INSPECT=true is refused.
# Memory of large buffers goes back to the system.
ENV NODE_ENV=production \
  MALLOC_MMAP_THRESHOLD_=65536 \
  SESHDECK_IP=0.0.0.0 \
  SESHDECK_DATA=/data \
  SESHDECK_METRICS_LISTEN=0.0.0.0:9100
USER 65532:65532
EXPOSE 1987 9100
VOLUME ["/data"]
STOPSIGNAL SIGTERM
# Plain HTTP on the port of the metrics, with TLS as well. There is no shell in the image.
HEALTHCHECK --interval=30s --timeout=3s --start-period=60s --retries=3 \
  CMD ["/nodejs/bin/node", "-e", "fetch('http://127.0.0.1:' + process.env.SESHDECK_METRICS_LISTEN.split(':').at(-1) + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/nodejs/bin/node", "/app/dist/server.mjs"]
