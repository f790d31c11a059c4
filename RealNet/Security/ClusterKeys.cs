using System.Collections.Concurrent;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Security;

/// <summary>
/// The keys that the nodes of one process have: whom they trust, the shared keys, and of each node its own, made or
/// read when it is first asked for. Of one run (<see cref="Generate"/>), or of a folder (<see cref="KeyFolder"/>).
/// </summary>
public sealed class ClusterKeys : IDisposable
{
    // A run's keys die with it; that it may take days does no harm. The past allows for clocks that are behind.
    private static readonly TimeSpan runLifetime = TimeSpan.FromDays(30);
    private static readonly TimeSpan clockTolerance = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<NodeAddress, NodeKeys> own = new();
    private readonly Func<NodeAddress, NodeKeys> find;
    private readonly ClusterAuthority? authority;
    private readonly Lock gate = new();

    /// <param name="find">The keys of a node that runs here; they belong to this object from then on. Throws
    /// <see cref="KeyFileException"/> when there are none.</param>
    public ClusterKeys(ClusterTrust trust, KeyRing shared, Func<NodeAddress, NodeKeys> find) =>
        (Trust, Shared, this.find) = (trust, shared, find);

    private ClusterKeys(ClusterAuthority authority, DateTimeOffset from, DateTimeOffset until)
        : this(authority.Trust(), new KeyRing(SharedKey.Generate()), node => authority.Issue(node, from, until))
    {
        this.authority = authority;
    }

    public ClusterTrust Trust { get; }

    public KeyRing Shared { get; }

    /// <summary>
    /// Keys that exist in memory only, from an authority of their own. The seed nodes' public keys are trusted from the
    /// beginning.
    /// </summary>
    public static ClusterKeys Generate(string cluster, IEnumerable<NodeAddress> seedNodes)
    {
        // Certificates have whole seconds.
        var from = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds()) - clockTolerance;
        var until = from + runLifetime;
        var keys = new ClusterKeys(ClusterAuthority.Create(cluster, from, until), from, until);
        foreach (var seedNode in seedNodes) keys.Trust.Meet(seedNode, keys.Of(seedNode).Certificate);
        return keys;
    }

    /// <summary>The keys of a node that runs here.</summary>
    /// <exception cref="KeyFileException">There are none, or something is wrong with them.</exception>
    public NodeKeys Of(NodeAddress node)
    {
        if (own.TryGetValue(node, out var known)) return known;
        lock (gate) return own.GetOrAdd(node, find);   // made once, whoever asks first
    }

    public void Dispose()
    {
        foreach (var keys in own.Values) keys.Dispose();
        Trust.Dispose();
        authority?.Dispose();
    }
}
