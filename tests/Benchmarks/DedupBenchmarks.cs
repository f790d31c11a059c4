using BenchmarkDotNet.Attributes;
using GossipSim.Engine.Protocol;

namespace GossipSim.Benchmarks;

/// <summary>Is this message new? Asked of the Message List for every delivery.</summary>
public class DedupBenchmarks
{
    private const int Asked = 8_000;

    private Gossip[] rumors = [];
    private MessageList list;

    /// <summary>How many are in the list: one, an array of a few, many with an index.</summary>
    [Params(1, 16, 1000)]
    public int Messages { get; set; }

    /// <summary>Which message of its origin each is: beyond the first 64 there are windows.</summary>
    [Params(1, 65)]
    public int Number { get; set; }

    [GlobalSetup]
    public void Hear()
    {
        rumors = Rumors.Several(Messages, Number);
        list = new MessageList();
        foreach (var rumor in rumors) list.Receive(rumor);
    }

    /// <summary>Copies of all messages in turn, so that the last one heard is seldom asked for.</summary>
    [Benchmark(OperationsPerInvoke = Asked)]
    public int Duplicate()
    {
        var copies = 0;
        for (var asked = 0; asked < Asked; asked += rumors.Length)
            foreach (var rumor in rumors)
                if (list.Receive(rumor) == Receipt.Again) copies++;
        return copies;
    }

    /// <summary>Lists that fill up, and what they grow by.</summary>
    [Benchmark(OperationsPerInvoke = Asked)]
    public int First()
    {
        var news = 0;
        for (var asked = 0; asked < Asked; asked += rumors.Length)
        {
            var empty = new MessageList();
            foreach (var rumor in rumors)
                if (empty.Receive(rumor) == Receipt.First) news++;
        }

        return news;
    }
}
