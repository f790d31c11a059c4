using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.RealNet.Attacks;

/// <summary>What strangers do to keep their connections.</summary>
public enum Mood
{
    SayNothing,

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
    private readonly AttackedNetwork network;
    private readonly (NodeAddress Victim, Crowd Crowd)[] crowds;
    private readonly string?[] greetings;
    private readonly int[] mostOpen;

    public Flood(AttackedNetwork network, Mood mood, int limit)
    {
        this.network = network;
        Victims = [network.Seed, network.Peers[0]];
        crowds = [.. Victims.Select(victim => (victim, new Crowd()))];
        mostOpen = new int[crowds.Length];
        greetings = Greetings(network, mood, limit);
        // Who proves himself takes the place of his own connection: fewer than there are places need not be refused.
        MustBeRefused = mood != Mood.ProveThemselves || greetings.Length >= limit;
    }

    public NodeAddress[] Victims { get; }

    /// <summary>Whether there cannot be room for all of them.</summary>
    public bool MustBeRefused { get; }

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
        Mood.ClaimSilence => [network.Hello(new RawListener(Vouching.Silent).Address)],
        _ => [.. Enumerable.Range(0, Math.Min(limit, 400)).Select(_ => network.Hello(new RawListener().Address))],
    };
}
