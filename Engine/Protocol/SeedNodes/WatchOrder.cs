namespace GossipSim.Engine.Protocol;

/// <summary>
/// The members that this seed node watches, in the order of their last sign of life: whoever is silent stands in front,
/// so finding the silent costs nothing for all others. Times are those that its seed node was awake.
/// </summary>
internal sealed class WatchOrder
{
    private const int Nobody = -1;
    private const int NotWatched = -2;

    private readonly Column<Sign> signs = new();
    private int last = Nobody;

    /// <param name="Before">Who comes before it, or that it is not watched.</param>
    /// <param name="At">
    /// Of a watched member, its last sign of life; of one no longer watched, how long it had been silent.
    /// </param>
    private record struct Sign(int Before, int After, TimeSpan At);

    /// <summary>The place of who was not heard of for the longest time; -1 when nobody is watched.</summary>
    public int First { get; private set; } = Nobody;

    /// <summary>Who comes after it; -1 for the last.</summary>
    public int After(int place) => signs[place].After;

    public TimeSpan HeardAt(int place) => signs[place].At;

    /// <summary>A sign of life of a member that is watched from now on, if it was not.</summary>
    public void Hear(int place, TimeSpan now)
    {
        Unlink(place);
        Append(place, now);
    }

    /// <summary>It is not watched, and nothing that is known of it counts.</summary>
    public void Forget(int place)
    {
        Unlink(place);
        signs[place].At = TimeSpan.Zero;
    }

    /// <summary>
    /// From now on these are watched and nobody else. How long each was silent while it was watched here is kept.
    /// </summary>
    public void WatchOnly(List<int> places, TimeSpan now)
    {
        while (First != Nobody)
        {
            var place = First;
            Unlink(place);
            signs[place].At = now - signs[place].At;
        }

        foreach (var place in places) MakeRoom(place);
        places.Sort((one, other) => signs[one].At != signs[other].At
            ? signs[other].At.CompareTo(signs[one].At)
            : one.CompareTo(other));
        foreach (var place in places) Append(place, now - signs[place].At);
    }

    private void Append(int place, TimeSpan heard)
    {
        signs[place] = new Sign(last, Nobody, heard);
        if (last == Nobody) First = place;
        else signs[last].After = place;
        last = place;
    }

    private void Unlink(int place)
    {
        MakeRoom(place);
        ref var sign = ref signs[place];
        if (sign.Before == NotWatched) return;
        if (sign.Before == Nobody) First = sign.After;
        else signs[sign.Before].After = sign.After;
        if (sign.After == Nobody) last = sign.Before;
        else signs[sign.After].Before = sign.Before;
        sign.Before = NotWatched;
    }

    private void MakeRoom(int place)
    {
        while (signs.Count <= place) signs.Add(new Sign(NotWatched, NotWatched, TimeSpan.Zero));
    }
}
