namespace GossipSim.Engine.Protocol;

/// <summary>
/// The members that this seed node watches, in the order of their last sign of life: whoever is silent stands in front,
/// so finding the silent costs nothing for all others.
/// </summary>
internal sealed class WatchOrder
{
    private const int Nobody = -1;
    private const int NotWatched = -2;

    private readonly Column<Sign> signs = new();
    private int last = Nobody;
    private Instant latest;

    private record struct Sign(int Before, int After, Instant At);

    /// <summary>The place of who was not heard of for the longest time; -1 when nobody is watched.</summary>
    public int First { get; private set; } = Nobody;

    /// <summary>Who comes after it; -1 for the last.</summary>
    public int After(int place) => signs[place].After;

    public Instant HeardAt(int place) => signs[place].At;

    /// <summary>A sign of life of a member that is watched from now on, if it was not.</summary>
    public void Hear(int place, Instant now)
    {
        Drop(place);
        signs[place] = new Sign(last, Nobody, now);
        if (last == Nobody) First = place;
        else signs[last].After = place;
        last = place;
        if (now > latest) latest = now;
    }

    public void Drop(int place)
    {
        while (signs.Count <= place) signs.Add(new Sign(NotWatched, NotWatched, default));
        ref var sign = ref signs[place];
        if (sign.Before == NotWatched) return;
        if (sign.Before == Nobody) First = sign.After;
        else signs[sign.Before].After = sign.After;
        if (sign.After == Nobody) last = sign.Before;
        else signs[sign.After].Before = sign.Before;
        sign.Before = NotWatched;
    }

    /// <summary>
    /// The clock may have been set back: what was noted at times that are still to come counts as just now, or it would
    /// be waited for.
    /// </summary>
    public void ForgetTheFuture(Instant now)
    {
        if (latest <= now) return;
        for (var place = First; place != Nobody; place = signs[place].After)
            if (signs[place].At > now) signs[place].At = now;
        latest = now;
    }
}
