#include <cstdio>

int main()
{
    std::puts("instanode-console");
    return 0;
}
