using Microsoft.AspNetCore.Http;

namespace GossipSim.Scenarios.Pages;

/// <summary>Answers a request.</summary>
/// <exception cref="PageRefusal">It is not followed.</exception>
internal delegate Task PageHandler(HttpContext context);

/// <summary>What a server answers beside its files: exact paths, such as <c>/api/snapshot</c>.</summary>
internal sealed class PageRoutes
{
    private readonly Dictionary<(string Method, string Path), PageHandler> handlers = [];

    public PageRoutes Get(string path, PageHandler handler)
    {
        handlers.Add((HttpMethods.Get, path), handler);
        return this;
    }

    /// <summary>For what changes something: only from pages of this server, and only from this machine.</summary>
    public PageRoutes Post(string path, PageHandler handler)
    {
        handlers.Add((HttpMethods.Post, path), handler);
        return this;
    }

    /// <exception cref="PageRefusal">Nobody answers that.</exception>
    public PageHandler? Find(string method, string path)
    {
        if (handlers.TryGetValue((method, path), out var handler)) return handler;
        if (handlers.Keys.Any(key => key.Path == path))
            throw new PageRefusal(StatusCodes.Status405MethodNotAllowed, $"{path} does not take {method}");
        return null;
    }
}
