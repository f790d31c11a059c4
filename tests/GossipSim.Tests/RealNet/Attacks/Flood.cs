using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.RealNet.Attacks;

/// <summary>What strangers do to keep their connections.</summary>
public enum Mood
{
    SayNothing,

    /// <summary>Send the first bytes of a TLS handshake, and no more.</summary>
    BeginToShakeHands,

    /// <summary>Claim an address where somebody accepts and says nothing.</summary>
    ClaimSilence,

    /// <summary>Prove an address of their own, and stay.</summary>
    ProveThemselves,
}

/// <summary>
/// Strangers who press on the seed node, and as many on the peer through whom all others hear of each other.
/// </summary>
internal sealed class Flood : IDisposable
{
    /// <summary>RFC 8446, 5.1: a record of 512 bytes that begins with a ClientHello.</summary>
    private const string BeginningOfHandshake = "\u0016\u0003\u0001\u0002\u0000\u0001";

    private readonly AttackedNetwork network;
    private readonly (NodeAddress Victim, Crowd Crowd)[] crowds;
    private readonly string?[] greetings;
    private readonly int[] mostOpen;
    private readonly Mood mood;
    private readonly int limit;

    public Flood(AttackedNetwork network, Mood mood, int limit)
    {
        (this.network, this.mood, this.limit) = (network, mood, limit);
        Victims = [network.Seed, network.Peers[0]];
        crowds = [.. Victims.Select(victim => (victim, new Crowd()))];
        mostOpen = new int[crowds.Length];
        greetings = Greetings(network, mood, limit);
    }

    public NodeAddress[] Victims { get; }

    /// <summary>
    /// For how many of them there cannot be room. Who proves himself takes the place of his own connection: of fewer
    /// than there are places nobody need be refused.
    /// </summary>
    public int FewestRefused => mood != Mood.ProveThemselves
        ? crowds.Sum(each => Math.Max(0, each.Crowd.Opened - limit))
        : greetings.Length >= limit ? 1 : 0;

    public int Opened => crowds.Sum(each => each.Crowd.Opened);

    /// <summary>So many more connections to each victim.</summary>
    public async Task RiseAsync(int connections)
    {
        await Task.WhenAll(crowds.Select(each => each.Crowd.JoinAsync(each.Victim, connections, Greeting)));
        foreach (var (number, victim) in Victims.Index())
            mostOpen[number] = Math.Max(mostOpen[number], network.MemoryOf(victim).Descriptors);
    }

    public void Dispose()
    {
        foreach (var (_, crowd) in crowds) crowd.Dispose();
    }

    public override string ToString() =>
        $"{crowds[0].Crowd.Opened} connections to the seed node, which had {mostOpen[0]} descriptors open,"
            + $" {crowds[1].Crowd.Opened} to the peer, which had {mostOpen[1]}";

    private string? Greeting(int number) => greetings[number % greetings.Length];

    private static string?[] Greetings(AttackedNetwork network, Mood mood, int limit) => mood switch
    {
        Mood.SayNothing => [null],
        Mood.BeginToShakeHands => [BeginningOfHandshake],
        Mood.ClaimSilence => [network.Hello(new RawListener(Vouching.Silent).Address)],
        _ => [.. Enumerable.Range(0, Math.Min(limit, 400)).Select(_ => network.Hello(new RawListener().Address))],
    };
}
