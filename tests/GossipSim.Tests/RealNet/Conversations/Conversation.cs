using GossipSim.Engine.Protocol;
using GossipSim.Tests.RealNet.Fuzzing;

namespace GossipSim.Tests.RealNet.Conversations;

/// <summary>
/// One conversation of a hostile node with one or two victims over up to three connections at once: what it says, in
/// what order, when, in what pieces and under what name is drawn from a random seed of its own.
/// </summary>
internal sealed class Conversation(
    HostileNode self, NodeAddress[] victims, NodeAddress[] hostile, PlausibleMessages plausible, LineMutator mutator,
    ulong randomSeed)
{
    private const int MostSteps = 14;

    private readonly List<HostileChannel> channels = [];
    private NodeRandom random = new(randomSeed);

    /// <summary>Connections that it made.</summary>
    public int Dialed { get; private set; }

    public async Task HoldAsync()
    {
        try
        {
            for (var count = 1 + (random.Next(3) / 2) + random.Next(2); count > 0; count--) await OpenAsync();
            for (var step = 1 + random.Next(MostSteps); step > 0 && channels.Count > 0; step--)
            {
                var channel = channels[random.Next(channels.Count)];
                await StepAsync(channel);
                if (channel.IsOver && random.Next(2) == 0) await OpenAsync();
            }
        }
        finally
        {
            foreach (var channel in channels)
            {
                // In most, so that the ports of this machine last.
                if (random.Next(8) > 0) channel.Reset();
                else channel.Dispose();
            }
        }
    }

    private async Task OpenAsync()
    {
        channels.RemoveAll(channel => channel.IsOver);
        if (await self.DialAsync(victims[random.Next(victims.Length)]) is not { } channel) return;
        Dialed++;
        channels.Add(channel);
        await GreetAsync(channel);
    }

    private async Task GreetAsync(HostileChannel channel)
    {
        byte[] first = random.Next(24) switch
        {
            0 => self.Hello(victims[random.Next(victims.Length)]),
            1 => self.Hello(hostile[random.Next(hostile.Length)]),
            2 => self.Hello(self.Self, new NodeId(random.NextUInt64())),
            3 => self.Hello(self.Self, otherCluster: "another"),
            4 => mutator.Mutate(self.Hello(self.Self)[..^1]),
            5 => [.. self.Hello(self.Self), .. self.Hello(self.Self)],
            6 => Plausible(),
            _ => self.Hello(self.Self),
        };
        await channel.SayAsync(first);
        // A dialer that waits for the other HELLO is one that the shared key lets speak on.
        if (random.Next(6) > 0 && await channel.HearAsync(milliseconds: 200) is { } hello)
            self.AnswerTo(channel.Other, hello);
    }

    private async Task StepAsync(HostileChannel channel)
    {
        switch (random.Next(16))
        {
            case 0:
                await channel.SayAsync(Line(self.Registration));
                break;
            case 1:
                await channel.SayAsync(Line(self.Connecting));
                break;
            case 2 or 3 or 4:
                await AnswerAsync(channel);
                break;
            case 5:
                await channel.SayAsync(mutator.Mutate(Plausible()[..^1]));
                break;
            case 6:
                await BurstAsync(channel);
                break;
            case 7:
                await HalveAsync(channel);
                break;
            case 8:
                await channel.SayRawAsync(mutator.Next());
                break;
            case 9:
                await Task.Delay(random.Next(25));
                break;
            case 10 when random.Next(3) == 0:
                channel.Reset();
                break;
            case 11:
                await channel.SayAsync([.. Plausible(), .. Plausible(), .. Plausible()]);
                break;
            default:
                await channel.SayAsync(Plausible());
                break;
        }
    }

    /// <summary>Answers what came, as the protocol asks or with something else.</summary>
    private async Task AnswerAsync(HostileChannel channel)
    {
        for (var count = 0; count < 3; count++)
        {
            if (await channel.HearAsync(milliseconds: random.Next(15)) is not { } message) return;
            var answer = self.AnswerTo(channel.Other, message) is { } said ? Line(said) : null;
            if (random.Next(10) == 0) answer = Plausible();
            if (answer is not null) await channel.SayAsync(answer);
        }
    }

    /// <summary>The same again and again, as who repeats what was not answered.</summary>
    private async Task BurstAsync(HostileChannel channel)
    {
        var line = Plausible();
        var count = Math.Min(2 + random.Next(40), 1 + (120_000 / line.Length));
        if (random.Next(2) == 0)
            await channel.SayRawAsync([.. Enumerable.Repeat(line, count).SelectMany(each => each)]);
        else
            for (; count > 0; count--) await channel.SayAsync(line);
    }

    /// <summary>Half a line; then the rest, or other words, or nothing for good.</summary>
    private async Task HalveAsync(HostileChannel channel)
    {
        var line = Plausible();
        var half = random.Next(line.Length);
        await channel.SayRawAsync(line[..half]);
        await Task.Delay(random.Next(10));
        if (random.Next(3) > 0) await channel.SayRawAsync(line[half..]);
        else if (random.Next(2) == 0) await channel.SayRawAsync(Plausible());
        else channel.Reset();
    }

    private byte[] Plausible()
    {
        while (true)
        {
            var message = plausible.Next(ref random);
            if (self.LineOf(message, isSigned: random.Next(5) > 0) is { } line) return line;
        }
    }

    private byte[] Line(Message message) => self.LineOf(message)!;
}
