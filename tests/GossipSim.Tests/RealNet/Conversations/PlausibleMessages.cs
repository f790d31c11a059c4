using System.Reflection;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;
using GossipSim.Tests.RealNet.Wire;

namespace GossipSim.Tests.RealNet.Conversations;

/// <summary>
/// Messages whose fields are names that exist: addresses and processes of the network under attack, small epochs and
/// rounds, proposals that were heard of. So they reach handlers that a message of random values never reaches.
/// </summary>
/// <remarks>
/// Gossip is attributed to hostile and made-up origins only: where messages are not signed by their origin, a member
/// may forge one of an honest origin, and which of the two a peer hears first decides. That is a limit of the protocol
/// and no fault that a fuzzer could find. Where votes are not signed a peer believes any seed node that says that its
/// membership is over, and joins again; so REMOVED is said only where it must be proved.
/// </remarks>
internal sealed class PlausibleMessages(NodeAddress[] known, NodeAddress[] hostile, bool areVotesSigned)
{
    private readonly Type[] types =
    [
        .. AnyMessage.Types.Where(type => type != typeof(Hello) && type != typeof(Publish)
            && (areVotesSigned || type != typeof(Removed))),
    ];

    private static readonly string[] texts =
    [
        "", "hi", "quote \" backslash \\", "\0\u0001\u001f\u007f", "\u202Etxt\u2028", "\u00FC\u4E2D\U0001F600",
        "Dead Node:127.0.0.1:7000:1700000000.000:127.0.0.1",
    ];

    private static readonly int[] numbers = [0, 1, 1, 1, 1, 2, 2, 3, 4, 5, 10, 63, 64, 200, 1000, int.MaxValue];

    private readonly Lock gate = new();
    private readonly Dictionary<NodeAddress, NodeId> processes = [];
    private readonly List<ProposalId> proposals = [];

    /// <summary>Notes the process that answers at an address, and the proposals that seed nodes talk about.</summary>
    public void Note(NodeAddress from, Message message)
    {
        lock (gate)
        {
            if (message is Pong pong) processes[from] = pong.NodeId;
            if (message is Hello hello) processes[hello.Address] = hello.NodeId;
            var proposal = message switch
            {
                Propose propose => propose.Proposal,
                Vote vote => vote.Proposal,
                _ => default,
            };
            if (proposal == default) return;
            if (proposals.Count == 64) proposals.RemoveAt(0);
            proposals.Add(proposal);
        }
    }

    public Message Next(ref NodeRandom random) => Of(types[random.Next(types.Length)], ref random);

    public Message Of(Type type, ref NodeRandom random) => (Message)Record(type, ref random);

    public NodeAddress Address(ref NodeRandom random) => random.Next(10) switch
    {
        0 => NodeAddress.None,
        1 => new NodeAddress(0x7F000001, (ushort)(1 + random.Next(60_000))),
        2 => new NodeAddress(uint.MaxValue, ushort.MaxValue),
        3 or 4 => hostile[random.Next(hostile.Length)],
        _ => known[random.Next(known.Length)],
    };

    private object Record(Type type, ref NodeRandom random)
    {
        var constructor = type.GetConstructors().OrderByDescending(each => each.GetParameters().Length).First();
        var arguments = new List<object?>();
        var about = NodeAddress.None;
        foreach (var parameter in constructor.GetParameters())
        {
            var value = parameter.ParameterType == typeof(NodeAddress) && parameter.Name == "Origin"
                ? Origin(ref random)
                : Value(parameter.ParameterType, about, ref random);
            if (value is NodeAddress address) about = address;
            arguments.Add(value);
        }

        return constructor.Invoke([.. arguments]);
    }

    private object? Value(Type type, NodeAddress about, ref NodeRandom random)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return random.Next(2) == 0 ? null : Value(inner, about, ref random);
        if (type == typeof(NodeAddress)) return Address(ref random);
        if (type == typeof(NodeId)) return Process(about, ref random);
        if (type == typeof(ProposalId)) return Proposal(ref random);
        if (type == typeof(int)) return numbers[random.Next(numbers.Length)];
        if (type == typeof(long)) return random.Next(8) == 0 ? 1L << random.Next(53) : numbers[random.Next(13)];
        if (type == typeof(ulong)) return random.Next(2) == 0 ? ulong.MaxValue : random.NextUInt64();
        if (type == typeof(bool)) return random.Next(3) > 0;
        if (type == typeof(string)) return Text(ref random);
        if (type == typeof(byte[])) return random.Next(2) == 0 ? null : new byte[random.Next(3) == 0 ? 3 : 64];
        if (type.IsEnum) return Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length));
        if (type.IsArray) return Array(type.GetElementType()!, ref random);
        return Record(type, ref random);
    }

    private Array Array(Type element, ref NodeRandom random)
    {
        var count = random.Next(20) == 0 ? 150 + random.Next(52) : random.Next(6);
        // 64 hashes are what digests of lists have.
        if (element == typeof(ulong) && random.Next(4) > 0) count = 64;
        var array = System.Array.CreateInstance(element, count);
        for (var index = 0; index < count; index++)
            array.SetValue(Value(element, NodeAddress.None, ref random), index);
        return array;
    }

    private NodeAddress Origin(ref NodeRandom random) => random.Next(2) == 0
        ? hostile[random.Next(hostile.Length)]
        : new NodeAddress(0x0A000000 + (uint)random.Next(200), 7000);

    private NodeId Process(NodeAddress about, ref NodeRandom random)
    {
        lock (gate)
        {
            if (random.Next(4) > 0 && processes.TryGetValue(about, out var known)) return known;
        }

        return new NodeId(random.NextUInt64());
    }

    private ProposalId Proposal(ref NodeRandom random)
    {
        lock (gate)
        {
            if (proposals.Count > 0 && random.Next(4) > 0) return proposals[random.Next(proposals.Count)];
        }

        return new ProposalId(Address(ref random), random.Next(1000));
    }

    private static string Text(ref NodeRandom random) => random.Next(12) switch
    {
        0 => new string('x', random.Next(33_000)),
        1 => new string('\u007f', random.Next(16_000)),
        2 => $"1700000000.000:127.0.0.1:7000:{random.Next(20)}",
        _ => texts[random.Next(texts.Length)],
    };
}
