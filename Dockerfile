# Two stages: the first installs what the lock file names, the second runs it as an ordinary user. What is in the image is
# named exactly: the lock file by digest, Node by the version of package.json. A base image by its digest:
# --build-arg NODE=24.21.0-bookworm-slim@sha256:...  (deploy/README.md says how far two builds are equal).
# Build: docker build -t tatak:0.1.0 .
# Run: docker run --read-only --tmpfs /tmp --cap-drop ALL -v tatak-data:/data -p 8480:8480 tatak:0.1.0
ARG NODE=24.21.0-bookworm-slim
FROM node:${NODE} AS install
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No install scripts run, and neither test tools nor the npm copies of Node itself are needed here.
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force

FROM node:${NODE}
ENV NODE_ENV=production MALLOC_ARENA_MAX=2 TATAK_HOST=0.0.0.0 TATAK_DATA=/data
WORKDIR /app
RUN install -d -o node -g node -m 0700 /data
COPY --from=install /app/node_modules node_modules
COPY package.json LICENSE NOTICE openapi.yaml ./
COPY contexts contexts
COPY schemas schemas
COPY src src
# By number, so that Kubernetes sees that it is not root.
USER 1000:1000
VOLUME /data
EXPOSE 8480
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+(process.env.TATAK_PORT||8480)+'/health/live').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
# The flags keep an idle process small; --disable-proto closes a defect of the JSON-LD library for good.
CMD ["node", "--disable-proto=delete", "--max-semi-space-size=32", "--min-semi-space-size=4", "--heap-growing-percent=20", "--v8-pool-size=1", "src/main.ts"]
