using System.Collections.Concurrent;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Security;

/// <summary>
/// The keys that the nodes of one process have: whom they trust, the shared keys, and of each node its own. Made for
/// one run (<see cref="Generate"/>), or read from a folder (<see cref="KeyFolder"/>).
/// </summary>
public sealed class ClusterKeys : IDisposable
{
    // A run's keys die with it; that it may take days does no harm. The past allows for clocks that are behind.
    private static readonly TimeSpan runLifetime = TimeSpan.FromDays(30);
    private static readonly TimeSpan clockTolerance = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<NodeAddress, NodeKeys> own = new();
    private readonly ClusterAuthority? authority;
    private readonly DateTimeOffset issuedAt = DateTimeOffset.UtcNow;

    /// <param name="own">Keys of the nodes that run here; they belong to this object from now on.</param>
    public ClusterKeys(ClusterTrust trust, KeyRing shared, IEnumerable<NodeKeys> own)
    {
        (Trust, Shared) = (trust, shared);
        foreach (var keys in own) this.own[keys.Address] = keys;
    }

    private ClusterKeys(ClusterAuthority authority)
        : this(authority.Trust(), new KeyRing(SharedKey.Generate()), [])
    {
        this.authority = authority;
    }

    public ClusterTrust Trust { get; }

    public KeyRing Shared { get; }

    /// <summary>
    /// Keys that exist in memory only: an authority of their own, which makes the keys of a node when they are first
    /// asked for. The seed nodes' public keys are trusted from the beginning.
    /// </summary>
    public static ClusterKeys Generate(string cluster, IEnumerable<NodeAddress> seedNodes)
    {
        var now = DateTimeOffset.UtcNow;
        var keys = new ClusterKeys(
            ClusterAuthority.Create(cluster, now - clockTolerance, now + runLifetime + clockTolerance));
        foreach (var seedNode in seedNodes) keys.Trust.Meet(seedNode, keys.Of(seedNode).Certificate);
        return keys;
    }

    /// <summary>The keys of a node that runs here.</summary>
    /// <exception cref="KeyNotFoundException">It has none, and nobody here can make some.</exception>
    public NodeKeys Of(NodeAddress node)
    {
        if (authority is null)
        {
            return own.TryGetValue(node, out var known)
                ? known
                : throw new KeyNotFoundException($"there is no certificate of {node} here");
        }

        // Made once, whoever asks first.
        lock (authority)
        {
            return own.GetOrAdd(node, _ => authority.Issue(
                node, issuedAt - clockTolerance + TimeSpan.FromSeconds(1), issuedAt + runLifetime));
        }
    }

    public void Dispose()
    {
        foreach (var keys in own.Values) keys.Dispose();
        Trust.Dispose();
        authority?.Dispose();
    }
}
