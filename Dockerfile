# An image with mcp-proxy on port 12200, health on 12201, plugins in /plugins.
# UNBUILT: where this was written there is no container engine, so it has never been built or run. docs/deploy.md says how it is meant.
# '#r "nuget:"' in scripts and 'mcp-proxy install' need the .NET SDK: docker build --build-arg BASE=mcr.microsoft.com/dotnet/sdk:10.0
ARG BASE=mcr.microsoft.com/dotnet/aspnet:10.0
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
RUN dotnet publish proxy -c Release --no-self-contained -o /app

# The ASP.NET runtime of Ubuntu, which has ICU, so that plugins have cultures. An image without it (chiseled, or alpine without 'apk add icu-libs icu-data-full tzdata') needs
# ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1, or unsets it where the base image sets it.
FROM $BASE
WORKDIR /data
COPY --from=build /app /app
COPY scripts-plugins/*.csx /plugins/
# $APP_UID is the unprivileged user of the base image; its home holds logs, compiled scripts and the run file.
RUN mkdir -p /data/home && chown -R $APP_UID /data
USER $APP_UID
# A mounted /data without 'home' is fine: what is missing is made. Packages, compiled scripts, logs and, as /plugins may be read-only, the list of installed packages are in /data/state.
ENV HOME=/data/home MCP_STATE_DIR=/data/state DOTNET_USE_POLLING_FILE_WATCHER=false
VOLUME ["/plugins", "/data"]
EXPOSE 12200 12201
# The image has no HTTP client: let the orchestrator ask http://…:12201/health and /health/ready.
HEALTHCHECK NONE
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/mcp-proxy", "serve", "--plugin-dir", "/plugins", "--watch", "--http", "12200"]
# Inside a container, loopback is the container's own: MCP_HOST=0.0.0.0 opens it, and should come with OAuth or a network of its own (docs/deploy.md).
