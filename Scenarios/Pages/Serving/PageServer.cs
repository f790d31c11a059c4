using System.Net;
using System.Net.Sockets;
using GossipSim.Scenarios.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GossipSim.Scenarios.Pages;

/// <summary>Serves the pages of this program to browsers of this machine, until it is disposed.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    /// <summary>Our choice: some browsers with some tabs each.</summary>
    private const int MostConnections = 100;

    /// <summary>What a page sends is a few words.</summary>
    private const int MostBytesSent = 16 * 1024;

    private readonly WebApplication application;
    private readonly PageOptions options;

    private PageServer(WebApplication application, PageOptions options)
    {
        (this.application, this.options) = (application, options);
        Address = AddressOf(application, options);
    }

    /// <summary>What a browser of this machine is to open.</summary>
    public Uri Address { get; }

    /// <exception cref="EnvironmentException">The port is taken, or the address is none of this machine.</exception>
    public static async Task<PageServer> StartAsync(PageOptions options, PageRoutes routes)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        // Ctrl-C belongs to the command that serves.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Limit(kestrel, options));
        var application = builder.Build();
        var guard = new PageGuard(options);
        var files = SiteFiles.Of(SiteFiles.ProgramFolder);
        routes.Get("/api/rights", SendRightsAsync);
        application.Run(context => AnswerAsync(context, options, guard, routes, files));
        try
        {
            await application.StartAsync();
        }
        catch (Exception obstacle) when (obstacle is IOException or SocketException)
        {
            await application.DisposeAsync();
            throw InWords(obstacle, options);
        }

        return new PageServer(application, options);
    }

    /// <summary>Before anything else of a command begins.</summary>
    /// <exception cref="EnvironmentException">The port is taken, or the address is none of this machine.</exception>
    public static void RequireFree(PageOptions options)
    {
        try
        {
            using var socket = new Socket(options.Listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(options.Listen, options.Port));
        }
        catch (SocketException obstacle)
        {
            throw InWords(obstacle, options);
        }
    }

    /// <summary>Tells where the page is, in the words that people and scripts look for.</summary>
    public void Announce(TextWriter messages)
    {
        if (options.IsEverywhere)
            messages.WriteLine($"Other machines may watch: http://{HostNames.OfThisMachine()[0]}:{Address.Port}/");
        messages.WriteLine($"Page: {Address}");
    }

    public async ValueTask DisposeAsync()
    {
        // Streams of events never end by themselves; whoever reads one is cut off.
        await application.StopAsync(new CancellationToken(canceled: true));
        await application.DisposeAsync();
    }

    private static void Limit(KestrelServerOptions kestrel, PageOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.MaxRequestBodySize = MostBytesSent;
        kestrel.Limits.MaxRequestHeadersTotalSize = MostBytesSent;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Listen(options.Listen, options.Port, endpoint => endpoint.Protocols = HttpProtocols.Http1);
    }

    private static async Task AnswerAsync(
        HttpContext context, PageOptions options, PageGuard guard, PageRoutes routes, SiteFiles files)
    {
        PageGuard.Label(context.Response);
        try
        {
            guard.Check(context);
            var path = context.Request.Path.Value is { Length: > 1 } given ? given : $"/{options.StartPage}";
            if (routes.Find(context.Request.Method, path) is { } handler) await handler(context);
            else await SendAsync(context, files.Find(path));
        }
        catch (PageRefusal refusal) when (!context.Response.HasStarted)
        {
            await PageAnswer.RefuseAsync(context, refusal);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException wrong) when (!context.Response.HasStarted)
        {
            await PageAnswer.RefuseAsync(context, new PageRefusal(wrong.StatusCode, wrong.Message));
        }
        catch (OperationCanceledException)
        {
            // Whoever asked has gone, or the server ends.
        }
    }

    /// <summary>What a page must know before it offers anything that changes something.</summary>
    private static Task SendRightsAsync(HttpContext context) => PageAnswer.JsonAsync(context, json =>
    {
        json.WriteStartObject();
        json.WriteString("watchOnly"u8, PageGuard.WatchOnly(context));
        json.WriteEndObject();
    });

    private static async Task SendAsync(HttpContext context, SiteFile? file)
    {
        if (file is null) throw new PageRefusal(StatusCodes.Status404NotFound, "there is nothing of that name");
        var isHead = HttpMethods.IsHead(context.Request.Method);
        if (!isHead && !HttpMethods.IsGet(context.Request.Method))
            throw new PageRefusal(StatusCodes.Status405MethodNotAllowed, "files can only be read");
        context.Response.ContentType = file.ContentType;
        context.Response.ContentLength = file.Bytes.Length;
        if (!isHead) await context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted);
    }

    private static Uri AddressOf(WebApplication application, PageOptions options)
    {
        var bound = new Uri(application.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        var host = options.IsEverywhere ? IPAddress.Loopback : options.Listen;
        return new UriBuilder(Uri.UriSchemeHttp, host.ToString(), bound.Port).Uri;
    }

    private static EnvironmentException InWords(Exception obstacle, PageOptions options)
    {
        var code = (obstacle as SocketException ?? obstacle.InnerException as SocketException)?.SocketErrorCode;
        return new EnvironmentException(obstacle.InnerException is AddressInUseException
            || code == SocketError.AddressAlreadyInUse
            ? $"port {options.Port} on {options.Listen} is in use by another program; end it, or choose another --port"
            : code == SocketError.AddressNotAvailable
                ? $"{options.Listen} is no address of this machine"
                : $"no page can be served at {options.Listen}:{options.Port}: {obstacle.Message}");
    }

    /// <summary>The server lives as long as whoever started it says.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
