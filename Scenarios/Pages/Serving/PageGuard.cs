using System.Net;
using Microsoft.AspNetCore.Http;

namespace GossipSim.Scenarios.Pages;

/// <summary>
/// Who may ask, and what answers carry along. A page of another site must not reach this server through the browser of
/// its reader: not by a name that it points here (DNS rebinding), and not by sending a form here.
/// </summary>
internal sealed class PageGuard(PageOptions options)
{
    /// <summary>Nothing from anywhere else, nothing written into a page, and in nobody's frame.</summary>
    private const string ContentPolicy =
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

    private readonly HostNames hosts = new(options);

    public static void Label(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    /// <exception cref="PageRefusal">It may not ask.</exception>
    public void Check(HttpContext context)
    {
        var isHere = IsHere(context.Connection);
        if (!isHere && options.IsLoopback)
        {
            throw new PageRefusal(
                StatusCodes.Status403Forbidden, "this page is for its own machine; start it with --listen ADDRESS");
        }

        var request = context.Request;
        if (!hosts.Has(request.Host, context.Connection.LocalIpAddress))
        {
            var name = HostNames.IsName(request.Host.Host) ? request.Host.Host : "NAME";
            throw new PageRefusal(
                StatusCodes.Status421MisdirectedRequest,
                "this server answers to the names of this machine only; to be asked by another name, "
                + $"start it with --allow-host {name}");
        }

        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return;
        if (request.Headers.Origin != $"http://{request.Host}")
        {
            throw new PageRefusal(
                StatusCodes.Status403Forbidden, "only pages of this server may change something (Origin)");
        }

        if (WatchOnly(context) is { } reason) throw new PageRefusal(StatusCodes.Status403Forbidden, reason);
    }

    /// <returns>Why this reader may change nothing; null when it may.</returns>
    public static string? WatchOnly(HttpContext context) => IsHere(context.Connection)
        ? null
        : "from another machine this page can be watched only; the machine that serves it may change something";

    /// <summary>Whether the other end is on this machine.</summary>
    private static bool IsHere(ConnectionInfo connection) =>
        connection.RemoteIpAddress is { } remote
        && (IPAddress.IsLoopback(remote) || remote.Equals(connection.LocalIpAddress));
}
