using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using GossipSim.Scenarios.Nodes;

namespace GossipSim.Tests.Scenarios.Nodes;

/// <summary>A name server of the test, whose names get their addresses when the test says so.</summary>
internal sealed class FakeNames
{
    private readonly ConcurrentDictionary<string, IPAddress> known = new();
    private readonly ConcurrentQueue<string> asked = new();

    /// <summary>All names that were asked for, in order.</summary>
    public IReadOnlyCollection<string> Asked => asked;

    public NameLookUp LookUp => new()
    {
        Ask = (name, _) =>
        {
            asked.Enqueue(name);
            return known.TryGetValue(name, out var address)
                ? Task.FromResult<IPAddress[]>([address])
                : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
        },
        Patience = TimeSpan.FromMilliseconds(200),
        FirstPause = TimeSpan.FromMilliseconds(10),
        LongestPause = TimeSpan.FromMilliseconds(40),
    };

    public void Learn(string name, string address) => known[name] = IPAddress.Parse(address);
}
