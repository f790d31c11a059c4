using BenchmarkDotNet.Attributes;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;

namespace GossipSim.Benchmarks;

/// <summary>A message to a line of JSON, and a line, checked as what a stranger sends, to a message.</summary>
public class CodecBenchmarks
{
    private Message message = null!;
    private byte[] line = [];

    /// <summary>The two messages that a run consists of, and the longest.</summary>
    public enum Kind
    {
        Gossip,
        Ping,
        PeerList,
    }

    [ParamsAllValues]
    public Kind Type { get; set; }

    [GlobalSetup]
    public void Make()
    {
        message = Type switch
        {
            Kind.Gossip => Rumors.Of(1),
            Kind.Ping => new Ping(new GossipDigest(200, 0x123456789ABCDEF0UL)),
            _ => FullPage(),
        };
        line = MessageCodec.Encode(message, hops: 3)[..^1];
        if (Decode() != message.GetType()) throw new InvalidOperationException($"{Type} does not come back");
    }

    [Benchmark]
    public int Encode() => MessageCodec.Encode(message, hops: 3).Length;

    [Benchmark]
    public Type? Decode() => MessageCodec.Decode(line).Message?.GetType();

    private static PeerList FullPage()
    {
        var entries = new PeerListEntry[PeerList.PageSize];
        for (var place = 0; place < entries.Length; place++)
            entries[place] = new PeerListEntry(
                new NodeAddress(0x7F000001, (ushort)(7000 + place)), Epoch: 1, JoinStamp: 1000 + place, Degree: 6);
        return new PeerList(PeerListPurpose.Join, Page: 0, Pages: 1, entries.Length, entries);
    }
}
